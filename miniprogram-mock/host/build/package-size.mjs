// About what WeChat would package: scripts minified and each file on its own, WXML, WXSS and JSON as they are, pictures too.
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';

export const maxPackageBytes = 2 * 1024 * 1024;

export async function packageBytes(root) {
  let total = 0;
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    if (!entry.isFile() || /\.(d\.ts|md)$/.test(entry.name)) {
      continue;
    }

    total += /\.(ts|js)$/.test(entry.name) ? await minifiedBytes(file) : (await stat(file)).size;
  }

  return total;
}

async function minifiedBytes(file) {
  const { code } = await esbuild.transform(await readFile(file, 'utf8'), {
    loader: path.extname(file).slice(1),
    format: 'cjs',
    target: 'es2020',
    minify: true,
  });
  return Buffer.byteLength(code);
}
