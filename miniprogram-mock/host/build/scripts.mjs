// TypeScript to functions that see what WeChat gives them, and nothing of the browser.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';

const given = ['require', 'module', 'exports', 'App', 'Page', 'Component', 'Behavior', 'getApp', 'getCurrentPages', 'wx', 'global'];
// Parameters without an argument are undefined: code that WeChat would refuse fails here too.
const withheld = [
  'window',
  'document',
  'fetch',
  'XMLHttpRequest',
  'localStorage',
  'sessionStorage',
  'navigator',
  'location',
  'history',
  'FormData',
  'WebSocket',
  'Blob',
  'File',
  'FileReader',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'AbortController',
  'crypto',
  'alert',
  'Intl',
  'structuredClone',
  'queueMicrotask',
  'btoa',
  'atob',
  'self',
  'globalThis',
];

/** Every script that `entries` reach by require, as members of an object: path without extension → function. */
export async function compileScripts(root, entries) {
  const done = new Map();
  const problems = [];
  const waiting = [...entries];
  while (waiting.length > 0) {
    const file = waiting.pop();
    const unit = file.replace(/\.(ts|js|json)$/, '');
    if (done.has(unit)) {
      continue;
    }

    try {
      const code = await transform(root, file);
      done.set(unit, code);
      for (const required of requires(code)) {
        const next = await locate(root, path.posix.join(path.posix.dirname(unit), required), required.startsWith('/') ? required.slice(1) : null);
        if (next) {
          waiting.push(next);
        } else {
          problems.push(`${file}: cannot find ${required}`);
        }
      }
    } catch (error) {
      problems.push(...(error.errors?.map(({ text, location: at }) => `${file}:${at?.line}:${at?.column} ${text}`) ?? [`${file}: ${error.message}`]));
      done.set(unit, '');
    }
  }

  const members = [...done].map(([unit, code]) => `${JSON.stringify(unit)}: function (${[...given, ...withheld].join(', ')}) {\n${code}\n}`);
  return { code: `{${members.join(',\n')}}`, problems, files: [...done.keys()] };
}

async function transform(root, file) {
  const { code } = await esbuild.transform(await readFile(path.join(root, file), 'utf8'), {
    loader: path.extname(file).slice(1),
    format: 'cjs',
    target: 'es2020',
    sourcefile: file,
    sourcemap: 'inline',
    charset: 'utf8',
  });
  return code.replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n');
}

function requires(code) {
  return [...code.matchAll(/\brequire\(\s*["']([^"']+)["']\s*\)/g)].map((match) => match[1]);
}

async function locate(root, relative, absolute) {
  const base = absolute ?? relative;
  for (const candidate of [base, `${base}.ts`, `${base}.js`, `${base}/index.ts`, `${base}/index.js`]) {
    if (
      /\.(ts|js)$/.test(candidate) &&
      (await readFile(path.join(root, candidate)).then(
        () => true,
        () => false,
      ))
    ) {
      return candidate;
    }
  }

  return null;
}
