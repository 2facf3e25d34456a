// What a test, or a person at the toolbar, holds: who plays, what was called, what shall fail, whether there is a network.
import { errors, warnings } from './errors.mjs';

const callLimit = 2000;

export function createMock(program) {
  const query = new URLSearchParams(location.search);
  const init = window.__mockInit ?? {};
  const networkListeners = new Set();
  let networkType = navigator.onLine ? 'wifi' : 'none';

  const mock = {
    user: init.user ?? query.get('user') ?? 'lin',
    device: init.device ?? query.get('device') ?? '1',
    phone: init.phone ?? query.get('phone') ?? '13800000001',
    bare: query.has('bare'),
    calls: [],
    missing: [],
    errors,
    warnings,
    /** What a call shall fail with, by its name: a reason, or { reason, errno, times }. */
    fail: { ...init.fail },
    /** The next answers of login, scanCode and the subscription dialog. */
    code: null,
    scan: null,
    subscribe: null,
    /** Permissions: true, false (refused) or undefined (asked, and granted). */
    permissions: { ...init.permissions },
    files: null,
    clipboard: '',
    origins: { ...Object.fromEntries([...program.origins, ...ownOrigins()].map((origin) => [origin, location.origin])), ...init.origins },
    settings: null,
    networkListeners,
    get networkType() {
      return networkType;
    },
    network(type) {
      if (type === networkType) {
        return;
      }

      networkType = type;
      networkListeners.forEach((listener) => listener({ isConnected: type !== 'none', networkType: type }));
    },
    log(name, options) {
      mock.calls.push({ name, options });
      if (mock.calls.length > callLimit) {
        mock.calls.shift();
      }
    },
  };
  window.addEventListener('offline', () => mock.network('none'));
  window.addEventListener('online', () => mock.network('wifi'));
  return mock;
}

/** Addresses that the API itself hands out, such as the page of a face check, lead to the API: they are served here too. */
function ownOrigins() {
  const { api } = window.__hostConfig ?? {};
  return api ? [api, api.replace('//localhost', '//127.0.0.1'), api.replace('//127.0.0.1', '//localhost')] : [];
}
