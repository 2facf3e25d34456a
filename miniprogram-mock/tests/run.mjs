// node tests/run.mjs unit|host|e2e [part of a file name]: unit tests are TypeScript and bundled first (Node 20 does not strip types); host and e2e drive a
// browser, e2e against the real server, which is started once for all files.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [kind, part = ''] = process.argv.slice(2);
const root = fileURLToPath(new URL('..', import.meta.url));

async function filesOf(folder, ending) {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith(ending) && name.includes(part)).sort();
  if (files.length === 0) {
    console.error(`No tests in ${folder}`);
    process.exit(1);
  }

  return files.map((name) => join(folder, name));
}

function runFiles(files, options = [], env = {}) {
  const child = spawn(process.execPath, ['--test', ...options, ...files], { stdio: 'inherit', cwd: root, env: { ...process.env, ...env } });
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)));
}

async function runUnit() {
  const entryPoints = await filesOf(join(root, 'tests/unit'), '.test.ts');
  // Inside the folder, so that packages are found; source maps make a failing line readable.
  const outdir = await mkdtemp(join(root, 'node_modules/.unit-'));
  try {
    const outExtension = { '.js': '.mjs' };
    await build({ entryPoints, outdir, outExtension, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', sourcemap: 'inline', logLevel: 'warning' });
    return await runFiles(await filesOf(outdir, '.test.mjs'), ['--enable-source-maps']);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

async function runE2e() {
  const files = await filesOf(join(root, 'tests/e2e'), '.test.mjs');
  const { startApi, startHost } = await import('./e2e/stack.mjs');
  // Tests come from one address and in bursts: limits that people never meet.
  const api = await startApi({ 'RateLimits:AddressPerMinute': 100000, 'RateLimits:LoginPerMinute': 10000 });
  const host = await startHost(api.url);
  try {
    return await runFiles(files, ['--test-concurrency=2'], { BEIAN_E2E_API: api.url, BEIAN_E2E_HOST: host.url });
  } finally {
    await host.stop();
    await api.stop();
  }
}

const kinds = {
  unit: runUnit,
  host: async () => runFiles(await filesOf(join(root, 'tests/host'), '.test.mjs'), ['--test-concurrency=1']),
  e2e: runE2e,
};
if (!(kind in kinds)) {
  console.error('node tests/run.mjs unit|host|e2e [part of a file name]');
  process.exit(2);
}

process.exitCode = await kinds[kind]();
