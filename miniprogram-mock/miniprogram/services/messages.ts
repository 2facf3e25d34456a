import { api } from './api';
import { moment } from './dates';
import type { Part } from './paging';
import type { Message } from './types';

export interface MessageRow {
  readonly id: string;
  readonly title: string;
  readonly message: string;
  readonly at: string;
  readonly unread: boolean;
  /** The filing it tells of; empty for none. */
  readonly filingId: string;
}

export async function messagePage(limit: number, cursor: string | null): Promise<Part<MessageRow>> {
  const { data } = await api.get('/api/v1/notifications', { query: cursor ? { limit, cursor } : { limit } });
  return { rows: data.items.map(row), next: data.nextCursor };
}

export async function markRead(id: string): Promise<void> {
  await api.post('/api/v1/notifications/{notificationId}/read', { path: { notificationId: id } });
}

const row = (message: Message): MessageRow => ({
  id: message.id,
  title: message.title,
  message: message.message,
  at: moment(message.at),
  unread: message.readAt === null,
  filingId: message.filingId ?? '',
});
