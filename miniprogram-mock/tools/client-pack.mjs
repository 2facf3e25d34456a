// Packs miniprogram/api for others: ES module and CommonJS, minified, with its types; fails when the code grows over its limit.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const mostBytes = 20 * 1024;
const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'miniprogram/api');
const target = process.argv[2] ?? join(root, 'dist-client');

async function bundle(format, name) {
  const outfile = join(target, name);
  await build({ entryPoints: [join(source, 'index.ts')], outfile, bundle: true, minify: true, format, target: 'es2020', platform: 'neutral', logLevel: 'warning' });
  const { size } = await stat(outfile);
  if (size > mostBytes) {
    throw new Error(`${name} has ${size} bytes, more than ${mostBytes}`);
  }

  return `${name} ${size} bytes`;
}

async function describe() {
  const tsc = join(dirname(fileURLToPath(import.meta.resolve('typescript/package.json'))), 'bin/tsc');
  const options = ['--declaration', '--emitDeclarationOnly', '--strict', '--target', 'ES2020', '--moduleResolution', 'Node10', '--module', 'ES2020', '--lib', 'ES2020'];
  // Timers are in no library but WeChat's and the browser's: here their typings are for building only, and none of it gets into the declarations.
  execFileSync(process.execPath, [tsc, ...options, '--types', 'miniprogram-api-typings', '--outDir', target, join(source, 'index.ts')], { cwd: root, stdio: 'inherit' });
  // tsc leaves declarations that were written as such where they are.
  await copyFile(join(source, 'schema.d.ts'), join(target, 'schema.d.ts'));
}

const manifest = {
  name: 'beian-miniapi-client',
  version: '0.1.0',
  description: 'Typed client of Beian MiniApi for WeChat mini programs: tokens, retries, limits and errors over wx.request',
  main: './index.js',
  module: './index.mjs',
  types: './index.d.ts',
  // Mini programs take their packages from the folder that this names.
  miniprogram: '.',
  exports: { '.': { types: './index.d.ts', import: './index.mjs', require: './index.js' }, './schema': { types: './schema.d.ts' } },
  sideEffects: false,
};

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const sizes = [await bundle('esm', 'index.mjs'), await bundle('cjs', 'index.js')];
await describe();
await writeFile(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
await copyFile(join(source, 'README.md'), join(target, 'README.md'));
console.log(sizes.join('\n'));
