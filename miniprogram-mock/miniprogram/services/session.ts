import type { Language } from '../i18n/index';
import { api } from './api';
import type { Me } from './types';

/** Signs in with WeChat; a new user gets an account. */
export async function signIn(): Promise<{ isNew: boolean }> {
  const { isNew } = await api.signIn();
  return { isNew };
}

export async function getMe(): Promise<Me> {
  const { data } = await api.get('/api/v1/me');
  return data;
}

/** Works for the provider's account from now on; the present session goes on. */
export async function joinAccount(code: string): Promise<Me> {
  const { data } = await api.post('/api/v1/me/account', { body: { code } });
  return data;
}

export async function chooseNotifications(notifications: Me['notifications']): Promise<Me> {
  const { data } = await api.put('/api/v1/me', { body: { notifications } });
  return data;
}

/** Text messages and mails come in the language that was chosen on the screen. */
export async function keepLanguage(notifications: Me['notifications'], language: Language): Promise<void> {
  await api.put('/api/v1/me', { body: { notifications, language } });
}

/** The code comes from the phone-number button and is good once. */
export async function bindPhone(code: string): Promise<Me> {
  const { data } = await api.post('/api/v1/me/phone', { body: { code } });
  return data;
}

/** Everything held about the person, as a file that WeChat throws away again. */
export async function exportMe(): Promise<string> {
  const { tempFilePath } = await api.download('/api/v1/me/export', {});
  return tempFilePath;
}
