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
