import { api } from './api';

/** At most so many templates can be asked for at once; older clients of WeChat take three. */
const atOnce = 3;

/** The templates that telling about a filing needs and that can still be asked for. To be fetched before the tap: whatever is awaited after it loses the gesture. */
export async function messageTemplates(): Promise<string[]> {
  const { data } = await api.get('/api/v1/me/message-templates');
  return data.items
    .filter((template) => template.wanted)
    .map((template) => template.id)
    .slice(0, atOnce);
}

/** Asks; must be the first call of a tap's handler. Tells whether anything was permitted. */
export async function askForMessages(templates: readonly string[]): Promise<boolean> {
  const answer = (await wx.requestSubscribeMessage({ tmplIds: [...templates] })) as unknown as Record<string, string>;
  return templates.some((id) => answer[id] === 'accept');
}
