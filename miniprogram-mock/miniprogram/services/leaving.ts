import { api } from './api';
import { dropUploads, hasUploads } from './uploads';

/** Stays on the phone whoever uses it. */
const impersonal = new Set(['language']);

/** Whether something typed or chosen is on this phone only. */
export const hasUnsaved = (): boolean => hasUploads() || wx.getStorageInfoSync().keys.some((key) => key.startsWith('draft/'));

/** Nothing of the person stays on the phone: neither what is stored nor the pictures that waited to be sent. */
export function forgetPerson(): void {
  dropUploads();
  for (const key of wx.getStorageInfoSync().keys) {
    if (!impersonal.has(key)) {
      wx.removeStorageSync(key);
    }
  }
}

/** Ends the session here, told to the service or not. */
export async function signOut(): Promise<void> {
  await api.signOut();
  forgetPerson();
  void wx.reLaunch({ url: '/pages/welcome/index' });
}
