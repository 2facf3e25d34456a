import { createClient, type Tokens } from '../api/index';
import { apiOrigin } from '../config';
import { language } from '../i18n/index';

const key = 'tokens';

/** The one client of the program. Its tokens outlive a closed program. */
export const api = createClient({
  baseUrl: apiOrigin,
  wx,
  tokens: {
    read: () => (wx.getStorageSync(key) as Tokens | '') || null,
    write: (tokens) => (tokens ? wx.setStorageSync(key, tokens) : wx.removeStorageSync(key)),
  },
  login: async () => (await wx.login()).code,
  language,
  onSignedOut: () => {
    const pages = getCurrentPages();
    if (pages[pages.length - 1]?.route !== 'pages/welcome/index') {
      void wx.reLaunch({ url: '/pages/welcome/index?ended=1' });
    }
  },
});

/** Whose drafts are on this phone. Empty for nobody. */
export const userId = (): string => (wx.getStorageSync(key) as Tokens | '' || null)?.userId ?? '';

export const signedIn = (): boolean => wx.getStorageSync(key) !== '';
