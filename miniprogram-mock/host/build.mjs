// Compiles the mini program and the host that runs it into a folder of static files: npm run build [-- --watch --partial --root folder --out folder]
import { watch } from 'node:fs';
import { access, copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { maxPackageBytes, packageBytes } from './build/package-size.mjs';
import { findScript, readProject } from './build/project.mjs';
import { compileScripts } from './build/scripts.mjs';
import { compileSheet } from './build/styles.mjs';
import { compileTemplates } from './build/templates.mjs';

const host = path.dirname(fileURLToPath(import.meta.url));
export const defaultRoot = path.join(host, '../miniprogram');
export const defaultOut = path.join(host, '../dist');

export class BuildFailed extends Error {
  constructor(problems) {
    super(problems.join('\n'));
  }
}

/** @returns {Promise<{ bytes: number }>} the size of the package; throws BuildFailed with every problem found. */
export async function build({ root = defaultRoot, out = defaultOut, partial = false } = {}) {
  const project = await readProject(root, { partial });
  const sheets = await compileSheets(root, project);
  const templates = await compileTemplates(root, project.units);
  const entries = await Promise.all(['app', ...project.units.keys()].map((unit) => findScript(root, unit)));
  const scripts = await compileScripts(root, entries.filter(Boolean));
  const problems = [...project.problems, ...sheets.problems, ...templates.problems, ...scripts.problems];
  if (!entries[0]) {
    problems.push('app.ts is missing');
  }

  const bytes = problems.length === 0 ? await packageBytes(root) : 0;
  if (bytes > maxPackageBytes) {
    problems.push(`the package has ${bytes} bytes, over WeChat's ${maxPackageBytes}`);
  }

  if (problems.length > 0) {
    throw new BuildFailed(problems);
  }

  await writeOutput({ root, out, project, sheets: sheets.css, templates: templates.code, scripts: scripts.code });
  return { bytes };
}

async function compileSheets(root, { units }) {
  const css = {};
  const problems = [];
  for (const [unit, options] of [['app', {}], ...[...units].map(([unit, { isPage }]) => [unit, isPage ? { route: unit } : { scope: scopeOf(unit) }])]) {
    const file = `${unit}.wxss`;
    if (
      await access(path.join(root, file)).then(
        () => false,
        () => true,
      )
    ) {
      continue;
    }

    try {
      css[unit] = await compileSheet(root, file, options);
    } catch (error) {
      problems.push(
        error.name === 'CssSyntaxError'
          ? `${path.relative(process.cwd(), error.file)}:${error.line}:${error.column} ${error.reason}`
          : `${file}: ${error.message}`,
      );
    }
  }

  return { css, problems };
}

const scopeOf = (unit) => unit.replace(/[^\w-]+/g, '_');

async function writeOutput({ root, out, project, sheets, templates, scripts }) {
  await mkdir(out, { recursive: true });
  const units = Object.fromEntries([...project.units].map(([unit, { isPage, config }]) => [unit, { isPage, config, scope: scopeOf(unit) }]));
  const facts = JSON.stringify({
    app: project.app,
    pages: project.pages,
    units,
    sheets,
    origins: await sourceOrigins(root),
    theme: await readTheme(root, project.app),
  });
  await writeFile(path.join(out, 'program.js'), `window.__program = Object.assign(${facts}, { templates: ${templates}, scripts: ${scripts} });\n`);
  await esbuild.build({
    entryPoints: [path.join(host, 'runtime/main.mjs')],
    outfile: path.join(out, 'host.js'),
    bundle: true,
    format: 'iife',
    target: 'chrome110',
    minify: true,
    sourcemap: 'linked',
    logLevel: 'error',
    legalComments: 'none',
  });
  await copyFile(path.join(host, 'base.css'), path.join(out, 'base.css'));
  await copyFile(path.join(host, 'index.html'), path.join(out, 'index.html'));
  await copyPictures(root, out);
}

/** The origins of config.ts are production's; the host answers for them itself, so the source needs no switch. */
async function sourceOrigins(root) {
  const config = await readFile(path.join(root, 'config.ts'), 'utf8').catch(() => '');
  return [...new Set([...config.matchAll(/['"`](https:\/\/[^/'"`]+)/g)].map((match) => match[1]))];
}

/** The colours of theme.json that app.json and the pages name with an @. */
async function readTheme(root, { themeLocation }) {
  return themeLocation ? JSON.parse(await readFile(path.join(root, themeLocation), 'utf8')) : {};
}

async function copyPictures(root, out) {
  const text = /\.(ts|js|wxml|wxss|wxs|json|md)$/;
  await cp(root, path.join(out, 'files'), { recursive: true, filter: (file) => !text.test(file) });
}

async function run() {
  const { values } = parseArgs({ options: { root: { type: 'string' }, out: { type: 'string' }, watch: { type: 'boolean' }, partial: { type: 'boolean' } } });
  const options = { partial: values.partial, root: path.resolve(values.root ?? defaultRoot), out: path.resolve(values.out ?? defaultOut) };
  const ok = await report(options);
  if (values.watch) {
    watchAndBuild(options);
  } else {
    process.exitCode = ok ? 0 : 1;
  }
}

/** Builds and says how it went; problems are printed, not thrown, so that a watcher goes on. */
export async function report(options) {
  const started = Date.now();
  try {
    const { bytes } = await build(options);
    console.log(`built in ${Date.now() - started} ms; package ${Math.ceil(bytes / 1024)} KB of ${maxPackageBytes / 1024} KB`);
    return true;
  } catch (error) {
    console.error(error instanceof BuildFailed ? error.message : error);
    return false;
  }
}

export function watchAndBuild(options, done = () => {}) {
  let timer;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => (await report(options)) && done(), 150);
  };
  return [options.root, path.join(host, 'runtime')].map((folder) => watch(folder, { recursive: true }, again));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await run();
}
