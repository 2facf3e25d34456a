import { accountTexts } from '../i18n/account';
import { fill, texts } from '../i18n/index';
import { api } from './api';
import { moment } from './dates';

export interface SessionRow {
  readonly id: string;
  readonly device: string;
  readonly started: string;
  readonly lines: readonly string[];
  readonly current: boolean;
}

/** The person's open sessions, the present one first. */
export async function openSessions(): Promise<SessionRow[]> {
  const t = texts(accountTexts);
  const { data } = await api.get('/api/v1/me/sessions', { query: { limit: 100 } });
  return data.items
    .map((session) => ({
      id: session.id,
      device: session.device ?? t.unknownDevice,
      started: moment(session.startedAt),
      lines: [fill(t.started, { time: moment(session.startedAt) }), fill(t.lastUsed, { time: moment(session.lastUsedAt) })],
      current: session.current,
    }))
    .sort((one, other) => Number(other.current) - Number(one.current));
}

export async function endSession(sessionId: string): Promise<void> {
  await api.delete('/api/v1/me/sessions/{sessionId}', { path: { sessionId } });
}
