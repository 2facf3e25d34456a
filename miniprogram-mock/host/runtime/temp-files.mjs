// The files a mini program holds by path: chosen, downloaded or written. They live as long as the page; saved-files.mjs keeps the saved ones longer.
const files = new Map();
const urls = new Map();
let next = 1;

/** @returns {string} the path under which the file is kept */
export function keepFile(file, wanted) {
  const extension = /\.\w+$/.exec(file.name)?.[0] ?? '';
  const path = wanted ?? `wxfile://tmp_${Date.now()}_${next++}${extension}`;
  files.set(path, file);
  urls.delete(path);
  return path;
}

export const readKept = (path) => files.get(path) ?? null;

export function dropFile(path) {
  urls.delete(path);
  return files.delete(path);
}

/** An address that the browser can show: of a kept file, of a picture in the package, or as it is. */
export function addressOf(path, origins = {}) {
  const file = files.get(path);
  if (file) {
    if (!urls.has(path)) {
      urls.set(path, URL.createObjectURL(file));
    }

    return urls.get(path);
  }

  if (/^(data|blob):/.test(path)) {
    return path;
  }

  if (/^https?:/.test(path)) {
    const { origin } = new URL(path);
    return (origins[origin] ?? origin) + path.slice(origin.length);
  }

  return path ? `files/${path.replace(/^\//, '')}` : '';
}
