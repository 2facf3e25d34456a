import { define, setAttribute } from './define.mjs';

/** Strings and nodes of a few harmless tags; anything else is shown as its text. */
export function defineRichText(space) {
  return define(space, 'rich-text', {
    properties: { nodes: null, space: String, userSelect: Boolean },
    update({ $$: node }, { nodes }) {
      node.replaceChildren(...(typeof nodes === 'string' ? parseRich(nodes) : (nodes ?? []).map(richNode)));
    },
  });
}

const richTags = new Set('p br b strong i em u span div h1 h2 h3 h4 ul ol li table tbody thead tr td th hr code'.split(' '));

function parseRich(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const convert = (node) =>
    node.nodeType === Node.TEXT_NODE
      ? { type: 'text', text: node.data }
      : {
          name: node.localName ?? '',
          attrs: { class: node.className, style: node.getAttribute?.('style') },
          children: [...node.childNodes].map(convert),
        };
  return [...parsed.body.childNodes].map((node) => richNode(convert(node)));
}

function richNode({ type, text, name, attrs = {}, children = [] }) {
  if (type === 'text') {
    return document.createTextNode(text);
  }

  const node = document.createElement(richTags.has(name) ? name : 'span');
  setAttribute(node, 'class', attrs.class || null);
  setAttribute(node, 'style', attrs.style || null);
  node.append(...children.map(richNode));
  return node;
}
