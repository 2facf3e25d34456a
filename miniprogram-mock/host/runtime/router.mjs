// The stack of pages, ten at most, and the calls that change it.
import { CallFailure } from './wx/call.mjs';
import { recordError } from './errors.mjs';
import { createHistory, hostParameters } from './history.mjs';
import { createFrame } from './page-frame.mjs';
import { followScrolling } from './page-scroll.mjs';

const maxDepth = 10;

export function createRouter({ program, surface, app, mock }) {
  const stack = [];
  let environment = null;
  const history = createHistory(onBrowserMove);
  const defaults = program.app.window ?? {};
  const top = () => stack.at(-1);

  function parse(url, relative = true) {
    const base = top()?.route ?? '';
    const [path, query = ''] = url.split('?');
    const route = path.startsWith('/') || !relative || !base ? path.replace(/^\//, '') : new URL(path, `http://x/${base}`).pathname.slice(1);
    return { route, query: parseQuery(query), url: query ? `${route}?${query}` : route };
  }

  function find(url) {
    const target = parse(url);
    if (!program.pages.includes(target.route)) {
      throw new CallFailure(`page "${target.route}" is not found`);
    }

    return target;
  }

  function open({ route, query, url }) {
    const { config } = program.units[route];
    const view = createFrame({ route, config, window: defaults, colours, onBack: () => leave(1), onHome: () => router.reLaunch(`/${program.pages[0]}`) });
    surface.append(view.frame);
    const placeholder = document.createElement('div');
    view.scroller.append(placeholder);
    const root = environment.backend.createRoot('wx-page', environment.space, route);
    const element = root.getComponent().$$;
    element.dataset.route = route;
    const page = root.get();
    const entry = { route, url, query, root, page, view, guard: null };
    entry.refresh = followScrolling({ ...view, config: { ...defaults, ...config }, entry: () => entry, call });
    Object.assign(page, { route, options: query, __entry: entry });
    stack.push(entry);
    view.setBack(stack.length > 1);
    view.setHome(stack.length === 1 && route !== program.pages[0]);
    root.attach(view.scroller, placeholder);
    return entry;
  }

  function start(entry) {
    call(entry, 'onLoad', entry.query);
    // A page may have gone on from its onLoad, or from its onShow.
    if (top() === entry) {
      show(entry);
    }

    if (stack.includes(entry)) {
      call(entry, 'onReady');
    }
  }

  function show(entry) {
    for (const other of stack) {
      other.view.frame.classList.toggle('mp-hidden', other !== entry);
      other.view.frame.inert = other !== entry;
    }

    surface.dataset.route = entry.route;
    document.title = entry.view.frame.dataset.title || document.title;
    entry.root.getComponent().triggerPageLifetime('show', []);
    call(entry, 'onShow');
  }

  function hide(entry) {
    entry.root.getComponent().triggerPageLifetime('hide', []);
    call(entry, 'onHide');
  }

  function close(entry) {
    stack.splice(stack.indexOf(entry), 1);
    call(entry, 'onUnload');
    entry.root.release();
    entry.view.frame.remove();
  }

  function call(entry, name, ...values) {
    try {
      return entry.page[name]?.(...values);
    } catch (error) {
      recordError(error);
      return undefined;
    }
  }

  function pop(delta) {
    const steps = Math.min(delta, stack.length - 1);
    for (let step = 0; step < steps; step += 1) {
      close(top());
    }

    show(top());
    return steps;
  }

  /** A person goes back: a page may have asked for a question first. */
  async function leave(delta) {
    const { guard } = top();
    if (guard && !(await guard())) {
      return;
    }

    if (stack.length > 1) {
      router.navigateBack(delta);
    }
  }

  async function onBrowserMove({ url, depth }) {
    if (depth === null) {
      // An entry of an earlier start: WeChat would have left the mini program, a browser shows that page.
      if (url) {
        router.reLaunch(`/${url}`, { keepHistory: true });
      }

      return;
    }

    const now = stack.length - 1;
    if (depth > now) {
      const target = parse(url, false);
      hide(top());
      start(open(target));
      return;
    }

    const { guard } = top();
    if (guard && !(await guard())) {
      history.push(top().url, now);
      return;
    }

    if (depth < now) {
      pop(now - depth);
    }
  }

  const router = {
    start(ready) {
      environment = ready;
      const { path, query, scene } = launchOptions(program.pages[0]);
      const known = program.pages.includes(path);
      const target = known ? { route: path, query, url: join(path, query) } : parse(program.pages[0]);
      app.launch({ path: target.route, query: target.query, scene, referrerInfo: {}, mode: 'default' });
      if (!known) {
        app.call('onPageNotFound', { path, query, isEntryPage: true });
      }

      history.replace(target.url, 0);
      start(open(target));
      watchVisibility();
    },
    pages: () => stack.map((entry) => entry.page),
    current: () => top(),
    navigateTo(url) {
      const target = find(url);
      if (tabPages.includes(target.route)) {
        throw new CallFailure('can not navigateTo a tabbar page');
      }

      if (stack.length >= maxDepth) {
        throw new CallFailure(`webview count limit exceed`);
      }

      hide(top());
      const entry = open(target);
      history.push(target.url, stack.length - 1);
      return { entry, begin: () => start(entry) };
    },
    redirectTo(url) {
      const target = find(url);
      close(top());
      const entry = open(target);
      history.replace(target.url, stack.length - 1);
      start(entry);
    },
    reLaunch(url, { keepHistory = false } = {}) {
      const target = find(url);
      const depth = stack.length - 1;
      while (stack.length > 0) {
        close(top());
      }

      const entry = open(target);
      history.restart(target.url, keepHistory ? 0 : depth);
      start(entry);
    },
    switchTab(url) {
      const target = find(url);
      if (!tabPages.includes(target.route)) {
        throw new CallFailure(`can not switch to non-TabBar page`);
      }

      router.reLaunch(`/${target.url}`);
    },
    navigateBack(delta = 1) {
      if (stack.length < 2) {
        throw new CallFailure('cannot navigate back at first page.');
      }

      const steps = pop(delta);
      history.back(steps);
    },
  };

  const tabPages = (program.app.tabBar?.list ?? []).map((tab) => tab.pagePath);
  const colours = (value) => (typeof value === 'string' && value.startsWith('@') ? program.theme?.[mock.settings.theme]?.[value.slice(1)] : value);
  mock.settings.themeListeners.add(() => stack.forEach((entry) => entry.view.paint()));

  function watchVisibility() {
    document.addEventListener('visibilitychange', () => {
      const visible = document.visibilityState === 'visible';
      if (visible) {
        app.show();
        show(top());
      } else {
        hide(top());
        app.hide();
      }
    });
    window.addEventListener('beforeunload', (event) => {
      if (top().guard) {
        event.preventDefault();
      }
    });
  }

  return router;
}

function parseQuery(query) {
  const values = {};
  for (const pair of query.split('&').filter(Boolean)) {
    const [name, ...rest] = pair.split('=');
    // WeChat hands a page its query undecoded.
    values[name] = rest.join('=');
  }

  return values;
}

const join = (path, query) => {
  const text = Object.entries(query).map(([name, value]) => `${name}=${value}`).join('&');
  return text ? `${path}?${text}` : path;
};

function launchOptions(first) {
  const address = new URLSearchParams(location.search);
  const query = {};
  address.forEach((value, name) => {
    if (name !== 'path' && !hostParameters.includes(name)) {
      query[name] = encodeURIComponent(value);
    }
  });
  return { path: (address.get('path') ?? first).replace(/^\//, ''), query, scene: Number(address.get('scene') ?? 1001) };
}
