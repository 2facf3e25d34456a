// What WeChat and the phone decide for every page: dark mode, the size of text, the language.
const storageKey = 'host:settings';
const dark = window.matchMedia('(prefers-color-scheme: dark)');

export class Settings {
  constructor() {
    const query = new URLSearchParams(location.search);
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    this.themeListeners = new Set();
    this.chosen = {
      theme: query.get('theme') ?? kept.theme ?? 'system',
      fontScale: Number(query.get('font') ?? kept.fontScale ?? 1),
      language: query.get('language') ?? kept.language ?? 'zh_CN',
    };
    this.shown = this.theme;
    dark.addEventListener('change', () => this.apply());
    this.apply();
  }

  get theme() {
    return this.chosen.theme === 'system' ? (dark.matches ? 'dark' : 'light') : this.chosen.theme;
  }

  get fontScale() {
    return this.chosen.fontScale;
  }

  get language() {
    return this.chosen.language;
  }

  set(name, value) {
    this.chosen[name] = value;
    localStorage.setItem(storageKey, JSON.stringify(this.chosen));
    this.apply();
  }

  apply() {
    const root = document.documentElement;
    root.dataset.theme = this.theme;
    root.lang = this.language.replace('_', '-');
    root.style.setProperty('--font-scale', String(this.fontScale));
    if (this.shown !== this.theme) {
      this.shown = this.theme;
      this.themeListeners.forEach((listener) => listener({ theme: this.theme }));
    }
  }
}
