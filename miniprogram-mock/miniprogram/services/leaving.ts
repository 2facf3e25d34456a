import { api } from './api';

/** Stays on the phone whoever uses it. */
const impersonal = new Set(['language']);

/** Whether something typed is on this phone only. */
export const hasUnsaved = (): boolean => wx.getStorageInfoSync().keys.some((key) => key.startsWith('draft/'));

/** Nothing of the person stays on the phone. */
export function forgetPerson(): void {
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
