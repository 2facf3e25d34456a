// Reads app.json and walks to every page and component of the mini program, as WeChat's own compiler does.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

const exists = (file) =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  );

/**
 * @param partial leaves out pages that nobody has begun, so that the others can be tried
 * @returns {Promise<{ app, pages: string[], units: Map<string, { config, isPage }>, problems: string[] }>}
 */
export async function readProject(root, { partial = false } = {}) {
  const problems = [];
  const app = await readJson(path.join(root, 'app.json'), problems);
  const pages = await listPages(root, app, partial);
  if (pages.length === 0) {
    problems.push('app.json: no pages');
  }

  const units = new Map();
  const waiting = pages.map((page) => ({ unit: page, from: 'app.json', isPage: true }));
  for (const [tag, target] of Object.entries(app.usingComponents ?? {})) {
    waiting.push({ unit: resolveUnit(target, ''), from: `app.json <${tag}>`, isPage: false });
  }

  while (waiting.length > 0) {
    const { unit, from, isPage } = waiting.pop();
    if (units.has(unit)) {
      continue;
    }

    const config = await readUnit(root, unit, from, isPage, problems);
    const usingComponents = {};
    for (const [tag, target] of Object.entries({ ...(app.usingComponents ?? {}), ...(config.usingComponents ?? {}) })) {
      const own = tag in (config.usingComponents ?? {});
      usingComponents[tag] = `/${resolveUnit(target, own ? path.posix.dirname(unit) : '')}`;
      waiting.push({ unit: usingComponents[tag].slice(1), from: `${unit}.json <${tag}>`, isPage: false });
    }

    units.set(unit, { isPage, config: { ...config, usingComponents } });
  }

  for (const tab of app.tabBar?.list ?? []) {
    if (!pages.includes(tab.pagePath)) {
      problems.push(`app.json: tab bar names ${tab.pagePath}, which is no page`);
    }
  }

  return { app, pages, units, problems };
}

async function listPages(root, app, partial) {
  const pages = [
    ...(app.pages ?? []),
    ...(app.subpackages ?? app.subPackages ?? []).flatMap((pack) => pack.pages.map((page) => `${pack.root.replace(/\/$/, '')}/${page}`)),
  ];
  if (!partial) {
    return pages;
  }

  const begun = await Promise.all(pages.map((page) => exists(path.join(root, `${page}.wxml`))));
  return pages.filter((_, index) => begun[index]);
}

/** The source of a script, a .ts before a .js; null when there is neither. */
export async function findScript(root, unit) {
  for (const extension of ['.ts', '.js']) {
    if (await exists(path.join(root, unit + extension))) {
      return unit + extension;
    }
  }

  return null;
}

async function readUnit(root, unit, from, isPage, problems) {
  if (!(await findScript(root, unit))) {
    problems.push(`${from}: ${unit}.ts is missing`);
  }

  for (const extension of isPage ? ['.wxml', '.wxss', '.json'] : ['.wxml', '.json']) {
    if (!(await exists(path.join(root, unit + extension)))) {
      problems.push(`${from}: ${unit}${extension} is missing`);
    }
  }

  const config = await readJson(path.join(root, `${unit}.json`), problems);
  if (!isPage && config.component !== true) {
    problems.push(`${unit}.json: a component needs "component": true`);
  }

  return config;
}

async function readJson(file, problems) {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) {
    return {};
  }

  try {
    return JSON.parse(text);
  } catch (error) {
    problems.push(`${file}: ${error.message}`);
    return {};
  }
}

function resolveUnit(target, folder) {
  return target.startsWith('/') ? target.slice(1) : path.posix.normalize(path.posix.join(folder, target));
}
