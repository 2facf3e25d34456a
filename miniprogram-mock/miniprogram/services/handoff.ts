/** An address that one page gives to the page that shows it. It is a key to what it opens, so it stands in no page's query and is good for one look. */
let held: { readonly url: string; readonly title: string } | null = null;

export function giveAddress(url: string, title: string): void {
  held = { url, title };
}

export function takeAddress(): { readonly url: string; readonly title: string } | null {
  const taken = held;
  held = null;
  return taken;
}
