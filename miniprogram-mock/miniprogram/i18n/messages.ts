import type { Texts } from './index';

const zh = { title: '消息', empty: '还没有消息', unread: '未读', loadMore: '更早的消息', toFiling: '查看备案' };
const en: typeof zh = { title: 'Messages', empty: 'No messages yet', unread: 'Unread', loadMore: 'Earlier messages', toFiling: 'See the filing' };

export const messageTexts: Texts<typeof zh> = { 'zh-CN': zh, en };
