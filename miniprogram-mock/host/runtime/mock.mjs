// What a test, or a person at the toolbar, holds: who plays, what was called, what shall fail, whether there is a network.
import { errors, warnings } from './errors.mjs';

const callLimit = 2000;

export function createMock(program) {
  const query = new URLSearchParams(location.search);
  const init = window.__mockInit ?? {};
  const known = [...program.origins, ...ownOrigins()].map((origin) => [origin, location.origin]);
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
    /** The next answers of login, scanCode, the subscription dialog ('accept', 'reject', …) and the file choosers. */
    code: null,
    scan: null,
    subscribe: null,
    files: null,
    /** Permissions: true, false (refused) or undefined (asked). */
    permissions: { ...init.permissions },
    clipboard: '',
    origins: { ...Object.fromEntries(known), ...init.origins },
    settings: null,
    log(name, options) {
      mock.calls.push({ name, options });
      mock.calls.splice(0, Math.max(0, mock.calls.length - callLimit));
    },
  };
  return playNetwork(mock);
}

/** The network that the mini program sees: the browser's own, or what a test or the toolbar says. */
function playNetwork(mock) {
  mock.networkListeners = new Set();
  mock.networkType = navigator.onLine ? 'wifi' : 'none';
  mock.network = (networkType) => {
    if (networkType !== mock.networkType) {
      mock.networkType = networkType;
      mock.networkListeners.forEach((listener) => listener({ isConnected: networkType !== 'none', networkType }));
    }
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
