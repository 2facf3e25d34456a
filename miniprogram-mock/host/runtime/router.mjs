// Moving between pages, ten at most: by the program's calls, by the bar, by the browser's Back and Reload.
import { launchAddress, parseAddress } from './addresses.mjs';
import { PageHistory } from './history.mjs';
import { PageStack } from './page-stack.mjs';
import { CallFailure } from './wx/call.mjs';

const maxPages = 10;

export class Router {
  constructor({ program, surface, app, mock }) {
    Object.assign(this, { program, app });
    this.tabPages = (program.app.tabBar?.list ?? []).map((tab) => tab.pagePath);
    this.stack = new PageStack({ program, surface, mock, onBack: () => this.leave(), onHome: () => this.reLaunch(`/${program.pages[0]}`) });
    this.history = new PageHistory((target) => this.followBrowser(target));
  }

  start(environment) {
    this.stack.environment = environment;
    const wanted = launchAddress(this.program.pages[0]);
    const known = this.program.pages.includes(wanted.route);
    const target = known ? wanted : parseAddress(this.program.pages[0]);
    this.app.launch({ path: target.route, query: target.query, scene: wanted.scene, referrerInfo: {}, mode: 'default' });
    if (!known) {
      this.app.call('onPageNotFound', { path: wanted.route, query: wanted.query, isEntryPage: true });
    }

    this.history.replace(target.url, 0);
    this.stack.begin(this.stack.open(target));
    this.watchVisibility();
  }

  pages() {
    return this.stack.entries.map((entry) => entry.page);
  }

  current() {
    return this.stack.top;
  }

  /** @returns the new page, and `begin` to call once its event channel is in place */
  navigateTo(url) {
    const target = this.find(url);
    if (this.tabPages.includes(target.route)) {
      throw new CallFailure('can not navigateTo a tabbar page');
    }

    if (this.stack.entries.length >= maxPages) {
      throw new CallFailure('webview count limit exceed');
    }

    this.stack.hide(this.stack.top);
    const entry = this.stack.open(target);
    this.history.push(target.url, this.stack.depth);
    return { entry, begin: () => this.stack.begin(entry) };
  }

  redirectTo(url) {
    const target = this.find(url);
    this.stack.close(this.stack.top);
    const entry = this.stack.open(target);
    this.history.replace(target.url, this.stack.depth);
    this.stack.begin(entry);
  }

  reLaunch(url, { keepHistory = false } = {}) {
    const target = this.find(url);
    const { depth } = this.stack;
    while (this.stack.top) {
      this.stack.close(this.stack.top);
    }

    const entry = this.stack.open(target);
    this.history.restart(target.url, keepHistory ? 0 : depth);
    this.stack.begin(entry);
  }

  switchTab(url) {
    const target = this.find(url);
    if (!this.tabPages.includes(target.route)) {
      throw new CallFailure('can not switch to non-TabBar page');
    }

    this.reLaunch(`/${target.url}`);
  }

  navigateBack(delta = 1) {
    if (this.stack.depth < 1) {
      throw new CallFailure('cannot navigate back at first page.');
    }

    this.stack.pop(delta);
    this.history.back(this.stack.depth);
  }

  find(url) {
    const target = parseAddress(url, this.stack.top?.route);
    if (!this.program.pages.includes(target.route)) {
      throw new CallFailure(`page "${target.route}" is not found`);
    }

    return target;
  }

  /** A person goes back by the bar: the page may have asked for a question first. */
  async leave() {
    if ((await this.mayLeave()) && this.stack.depth > 0) {
      this.navigateBack();
    }
  }

  async mayLeave() {
    const { guard } = this.stack.top;
    return !guard || guard();
  }

  async followBrowser({ url, depth }) {
    if (depth === null) {
      // An entry of an earlier start: WeChat would have left the mini program, a browser shows that page.
      if (url) {
        this.reLaunch(`/${url}`, { keepHistory: true });
      }

      return;
    }

    const now = this.stack.depth;
    if (depth > now) {
      this.stack.hide(this.stack.top);
      this.stack.begin(this.stack.open(parseAddress(url)));
    } else if (!(await this.mayLeave())) {
      this.history.push(this.stack.top.url, now);
    } else if (depth < now) {
      this.stack.pop(now - depth);
    }
  }

  watchVisibility() {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') {
        this.app.show();
        this.stack.show(this.stack.top);
      } else {
        this.stack.hide(this.stack.top);
        this.app.hide();
      }
    });
    window.addEventListener('beforeunload', (event) => {
      if (this.stack.top.guard) {
        event.preventDefault();
      }
    });
  }
}
