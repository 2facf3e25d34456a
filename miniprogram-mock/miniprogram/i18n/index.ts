/** The languages a person can choose. What is missing in neither: every area of texts has both, held by the type. */
export type Language = 'zh-CN' | 'en';

export type Texts<T> = Record<Language, T>;

const key = 'language';
let chosen: Language | null = null;

/** The language of the screen: what was chosen here, else that of WeChat; Chinese for anything but English. */
export function language(): Language {
  if (chosen === null) {
    const stored: unknown = wx.getStorageSync(key);
    chosen = stored === 'en' || stored === 'zh-CN' ? stored : (wx.getAppBaseInfo().language ?? '').startsWith('en') ? 'en' : 'zh-CN';
  }
  return chosen;
}

/** Takes effect on pages opened from now on; the caller opens them anew. */
export function chooseLanguage(to: Language): void {
  chosen = to;
  wx.setStorageSync(key, to);
}

/** The texts of an area in the language of the screen. */
export function texts<T>(area: Texts<T>): T {
  return area[language()];
}

/** Fills {name} in a text. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
