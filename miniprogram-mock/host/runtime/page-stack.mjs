// The pages that are open: how one is made, shown, hidden and closed, and what it hears of it.
import { recordError } from './errors.mjs';
import { createFrame } from './page-frame.mjs';
import { followScrolling } from './page-scroll.mjs';

export class PageStack {
  constructor({ program, surface, mock, onBack, onHome }) {
    Object.assign(this, { program, surface, mock, onBack, onHome, entries: [], environment: null });
    mock.settings.themeListeners.add(() => this.entries.forEach((entry) => entry.view.paint()));
  }

  get top() {
    return this.entries.at(-1);
  }

  get depth() {
    return this.entries.length - 1;
  }

  /** Makes the page and puts it on top; `begin` lets it start, once its opener has said what it wants to. */
  open({ route, query, url }) {
    const config = { ...this.program.app.window, ...this.program.units[route].config };
    const view = createFrame({ route, config, colours: (value) => this.colour(value), onBack: this.onBack, onHome: this.onHome });
    this.surface.append(view.frame);
    const placeholder = document.createElement('div');
    view.scroller.append(placeholder);
    const root = this.environment.backend.createRoot('wx-page', this.environment.space, route);
    root.getComponent().$$.dataset.route = route;
    const page = Object.assign(root.get(), { route, options: query });
    const entry = { route, url, query, root, page, view, guard: null };
    entry.refresh = followScrolling({ ...view, config, hear: (name, detail) => this.tell(entry, name, detail) });
    this.entries.push(entry);
    view.setBack(this.depth > 0);
    view.setHome(this.depth === 0 && route !== this.program.pages[0]);
    root.attach(view.scroller, placeholder);
    return entry;
  }

  begin(entry) {
    this.tell(entry, 'onLoad', entry.query);
    this.show(entry);
    this.tell(entry, 'onReady');
  }

  /** An onLoad may already have gone elsewhere: then there is nothing to show. */
  show(entry) {
    if (entry !== this.top) {
      return;
    }

    for (const other of this.entries) {
      other.view.frame.classList.toggle('mp-hidden', other !== entry);
      other.view.frame.inert = other !== entry;
    }

    this.surface.dataset.route = entry.route;
    document.title = entry.view.frame.dataset.title || document.title;
    entry.root.getComponent().triggerPageLifetime('show', []);
    this.tell(entry, 'onShow');
  }

  hide(entry) {
    entry.root.getComponent().triggerPageLifetime('hide', []);
    this.tell(entry, 'onHide');
  }

  close(entry) {
    this.entries.splice(this.entries.indexOf(entry), 1);
    this.tell(entry, 'onUnload');
    entry.root.release();
    entry.view.frame.remove();
  }

  /** The first page always stays. */
  pop(delta) {
    const steps = Math.min(delta, this.depth);
    for (let step = 0; step < steps; step += 1) {
      this.close(this.top);
    }

    this.show(this.top);
  }

  tell(entry, name, detail) {
    try {
      entry.page[name]?.(detail);
    } catch (error) {
      recordError(error);
    }
  }

  /** Colours such as @navBackground are those of theme.json. */
  colour(value) {
    return value?.startsWith?.('@') ? this.program.theme[this.mock.settings.theme]?.[value.slice(1)] : value;
  }
}
