// node tests/run.mjs unit|e2e|host: unit tests are TypeScript and bundled first (Node 20 does not strip types); the others drive a browser, one file at a time.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const kind = process.argv[2];
const root = fileURLToPath(new URL('..', import.meta.url));
if (!['unit', 'e2e', 'host'].includes(kind)) {
  console.error('node tests/run.mjs unit|e2e|host [part of a file name]');
  process.exit(2);
}

async function filesOf(folder, ending) {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith(ending) && name.includes(process.argv[3] ?? '')).sort();
  if (files.length === 0) {
    console.error(`No tests in ${folder}`);
    process.exit(1);
  }

  return files.map((name) => join(folder, name));
}

function runFiles(files, options = []) {
  return spawnSync(process.execPath, ['--test', ...options, ...files], { stdio: 'inherit', cwd: root }).status ?? 1;
}

async function runUnit() {
  const entryPoints = await filesOf(join(root, 'tests/unit'), '.test.ts');
  // Inside the folder, so that packages are found; source maps make a failing line readable.
  const outdir = await mkdtemp(join(root, 'node_modules/.unit-'));
  try {
    const outExtension = { '.js': '.mjs' };
    await build({ entryPoints, outdir, outExtension, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', sourcemap: 'inline', logLevel: 'warning' });
    const files = await filesOf(outdir, '.test.mjs');
    return runFiles(files, ['--enable-source-maps']);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

process.exitCode = kind === 'unit' ? await runUnit() : runFiles(await filesOf(join(root, 'tests', kind), '.test.mjs'), ['--test-concurrency=1']);
