// Saved files outlive the page, as on a phone: a shelf in IndexedDB for each user and device, read once at the start.
import { keepFile } from './temp-files.mjs';

const storeName = 'files';
let database = null;
let shelf = '';

export async function restoreSavedFiles({ user, device }) {
  shelf = `${user}:${device}|`;
  database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('host', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const mine = IDBKeyRange.bound(shelf, `${shelf}\uffff`);
  const [keys, files] = await Promise.all([done(store('readonly').getAllKeys(mine)), done(store('readonly').getAll(mine))]);
  keys.forEach((key, index) => keepFile(files[index], key.slice(shelf.length)));
}

export const saveFile = (path, file) => done(store('readwrite').put(file, shelf + path));
export const forgetFile = (path) => done(store('readwrite').delete(shelf + path));

const store = (mode) => database.transaction(storeName, mode).objectStore(storeName);

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
