// Addresses of pages: what a call names, what the browser's own address says, and back.

/** What the address bar says about the host itself; everything else is the page's query. */
export const hostParameters = ['user', 'device', 'phone', 'bare', 'font', 'theme', 'language', 'entry'];

/** @returns {{ route, query, url }} of an address that is absolute, or relative to the page on top */
export function parseAddress(url, base) {
  const [path, query = ''] = url.split('?');
  const route = path.startsWith('/') || !base ? path.replace(/^\//, '') : new URL(path, `http://x/${base}`).pathname.slice(1);
  return { route, query: parseQuery(query), url: query ? `${route}?${query}` : route };
}

/** WeChat hands a page its query undecoded. */
function parseQuery(query) {
  return Object.fromEntries(
    query
      .split('&')
      .filter(Boolean)
      .map((pair) => {
        const [name, ...rest] = pair.split('=');
        return [name, rest.join('=')];
      }),
  );
}

/** `?path=pages/x/index&id=1`: any page can be opened directly, as a scanned code would. */
export function launchAddress(first) {
  const address = new URLSearchParams(location.search);
  const query = {};
  address.forEach((value, name) => {
    if (name !== 'path' && !hostParameters.includes(name)) {
      query[name] = encodeURIComponent(value);
    }
  });
  const route = (address.get('path') ?? first).replace(/^\//, '');
  const text = Object.entries(query)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return { route, query, url: text ? `${route}?${text}` : route, scene: Number(address.get('entry') ?? 1001) };
}

/** The browser's address for a page, with what the host itself was asked (user, font, …) kept. */
export function browserAddress(url) {
  const now = new URLSearchParams(location.search);
  const next = new URLSearchParams();
  for (const name of hostParameters) {
    if (now.has(name)) {
      next.set(name, now.get(name));
    }
  }

  const [path, query = ''] = url.split('?');
  next.set('path', path);
  new URLSearchParams(query).forEach((value, name) => next.append(name, value));
  return `${location.pathname}?${next}`;
}
