import { language } from '../i18n/index';

const pad = (value: number): string => String(value).padStart(2, '0');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 14:05, in the person's own time. */
export function timeOfDay(at: number | string): string {
  const time = new Date(at);
  return `${pad(time.getHours())}:${pad(time.getMinutes())}`;
}

/** 2026年11月27日 or 27 Nov 2026, in the person's own time; empty for no time. */
export function day(at: string | null | undefined): string {
  if (!at) {
    return '';
  }
  const time = new Date(at);
  return language() === 'en'
    ? `${time.getDate()} ${months[time.getMonth()]} ${time.getFullYear()}`
    : `${time.getFullYear()}年${time.getMonth() + 1}月${time.getDate()}日`;
}

/** Day and time of day; empty for no time. */
export function moment(at: string | null | undefined): string {
  return at ? `${day(at)}${language() === 'en' ? ', ' : ' '}${timeOfDay(at)}` : '';
}

/** A day of the phone's clock as the API takes it: 2026-11-27. */
export function isoDay(at: Date): string {
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}
