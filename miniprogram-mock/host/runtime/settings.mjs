// What WeChat and the phone decide for every page: dark mode, the size of text, the language.
const storageKey = 'host:settings';
const dark = window.matchMedia('(prefers-color-scheme: dark)');

export function followSettings(mock) {
  const query = new URLSearchParams(location.search);
  const kept = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
  const listeners = new Set();
  const chosen = {
    theme: query.get('theme') ?? kept.theme ?? 'system',
    fontScale: Number(query.get('font') ?? kept.fontScale ?? 1),
    language: query.get('lang') ?? kept.language ?? 'zh_CN',
  };

  const settings = {
    themeListeners: listeners,
    get chosen() {
      return { ...chosen };
    },
    get theme() {
      return chosen.theme === 'system' ? (dark.matches ? 'dark' : 'light') : chosen.theme;
    },
    get fontScale() {
      return chosen.fontScale;
    },
    get language() {
      return chosen.language;
    },
    set(name, value) {
      chosen[name] = value;
      localStorage.setItem(storageKey, JSON.stringify(chosen));
      apply();
    },
  };

  let shown = null;
  const apply = () => {
    document.documentElement.dataset.theme = settings.theme;
    document.documentElement.lang = settings.language.replace('_', '-');
    document.documentElement.style.setProperty('--font-scale', String(settings.fontScale));
    if (shown !== null && shown !== settings.theme) {
      listeners.forEach((listener) => listener({ theme: settings.theme }));
    }

    shown = settings.theme;
  };
  dark.addEventListener('change', apply);
  apply();
  mock.settings = settings;
}
