// WXSS to CSS: imports, rpx and rem, the names of tags, the class prefix of a component, dark mode.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import postcss from 'postcss';
import selectorParser from 'postcss-selector-parser';
import { builtInTags } from './tags.mjs';

/** @returns {Promise<string>} CSS of one sheet; `scope` prefixes classes, `route` confines a page's sheet to that page. */
export async function compileSheet(root, file, { scope = '', route = '' } = {}) {
  const sheet = await readSheet(root, file, []);
  sheet.walkDecls((declaration) => {
    declaration.value = lengths(declaration.value);
  });
  sheet.walkAtRules((rule) => {
    rule.params = rule.name === 'media' ? rule.params : lengths(rule.params);
  });
  sheet.walkRules((rule) => {
    if (!/keyframes$/.test(rule.parent.name ?? '')) {
      rule.selector = rewrite(rule.selector, scope, route);
    }
  });
  sheet.walkAtRules('media', playTheme);
  return sheet.toString();
}

/** `rpx` is 1/750 of the phone's width; `rem` is the page's own root size, see <page-meta>. */
export function lengths(value) {
  return value
    .replace(/(-?(?:\d*\.)?\d+)rpx\b/g, (_, number) => `calc(var(--rpx) * ${number})`)
    .replace(/(-?(?:\d*\.)?\d+)rem\b/g, (_, number) => `calc(var(--rem, 16px) * ${number})`);
}

async function readSheet(root, file, above) {
  const text = await readFile(path.join(root, file), 'utf8');
  const sheet = postcss.parse(text, { from: file });
  for (const rule of sheet.nodes.filter((node) => node.type === 'atrule' && node.name === 'import')) {
    const target = rule.params.replace(/^url\(\s*|\s*\)$/g, '').replace(/['"]/g, '');
    const next = target.startsWith('/') ? target.slice(1) : path.posix.join(path.posix.dirname(file), target);
    if (above.includes(next)) {
      throw new Error(`${file}: imports itself through ${next}`);
    }

    rule.replaceWith((await readSheet(root, next, [...above, file])).nodes);
  }

  return sheet;
}

function rewrite(selector, scope, route) {
  return selectorParser((selectors) => {
    selectors.each((one) => {
      one.walk((node) => {
        if (node.type === 'tag' && (node.value === 'page' || builtInTags.has(node.value))) {
          node.value = `wx-${node.value}`;
        } else if (node.type === 'class' && scope) {
          node.value = `${scope}--${node.value}`;
        } else if (node.type === 'pseudo' && node.value === ':host') {
          node.replaceWith(selectorParser.attribute({ attribute: 'wx-host', operator: '=', value: scope, quoteMark: '"', raws: {} }));
        }
      });
      if (route) {
        confine(one, route);
      }
    });
  }).processSync(selector);
}

/** Page sheets stay in the document: without this, one page's rules would reach the next. `:where` adds no weight. */
function confine(selector, route) {
  const onPage = `:where(wx-page[data-route="${route}"])`;
  const first = selector.first;
  if (first?.type === 'tag' && first.value === 'wx-page') {
    first.replaceWith(selectorParser.tag({ value: `wx-page${onPage}` }));
    return;
  }

  selector.prepend(selectorParser.tag({ value: `${onPage} ` }));
}

/** The toolbar can ask for dark without the browser doing so: the query becomes an attribute that the host sets. */
function playTheme(rule) {
  const theme = /^\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)$/.exec(rule.params)?.[1];
  if (!theme) {
    return;
  }

  rule.walkRules((inner) => {
    inner.selectors = inner.selectors.map((selector) => `:where([data-theme="${theme}"]) ${selector}`);
  });
  rule.replaceWith(rule.nodes);
}
