// Storage in the browser's own, a drawer for each user and device, values with their JSON type.
import { asyncCall, CallFailure, syncCall } from './call.mjs';

const maxValueBytes = 1024 * 1024;

export function storageCalls({ mock }) {
  const { read, write, remove, clear, info } = drawerOf(mock);
  return {
    getStorageSync: syncCall(mock, 'getStorageSync', (key) => read(key) ?? ''),
    setStorageSync: syncCall(mock, 'setStorageSync', write),
    removeStorageSync: syncCall(mock, 'removeStorageSync', remove),
    clearStorageSync: syncCall(mock, 'clearStorageSync', clear),
    getStorageInfoSync: syncCall(mock, 'getStorageInfoSync', info),
    getStorage: asyncCall(mock, 'getStorage', ({ key }) => {
      const data = read(key);
      if (data === undefined) {
        throw new CallFailure('data not found');
      }

      return { data };
    }),
    setStorage: asyncCall(mock, 'setStorage', ({ key, data }) => write(key, data)),
    removeStorage: asyncCall(mock, 'removeStorage', ({ key }) => remove(key)),
    clearStorage: asyncCall(mock, 'clearStorage', clear),
    getStorageInfo: asyncCall(mock, 'getStorageInfo', info),
  };
}

/** What one user on one device has stored. */
function drawerOf(mock) {
  const drawer = `mp:${mock.user}:${mock.device}:`;
  const keys = () =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(drawer))
      .map((key) => key.slice(drawer.length));
  const read = (key) => {
    const kept = localStorage.getItem(drawer + key);
    return kept === null ? undefined : JSON.parse(kept).value;
  };
  const write = (key, value) => {
    const text = JSON.stringify({ value });
    if (text.length > maxValueBytes) {
      throw new CallFailure('exceed storage max size');
    }

    localStorage.setItem(drawer + key, text);
  };
  const remove = (key) => localStorage.removeItem(drawer + key);
  const info = () => ({
    keys: keys(),
    currentSize: Math.ceil(keys().reduce((sum, key) => sum + localStorage.getItem(drawer + key).length, 0) / 1024),
    limitSize: 10240,
  });
  const clear = () => keys().forEach(remove);
  return { read, write, remove, clear, info };
}
