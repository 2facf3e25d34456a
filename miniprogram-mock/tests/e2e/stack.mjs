// The real server with its sandbox, and the browser host before it, both on free loopback ports and with data of their own.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const project = resolve(import.meta.dirname, '../../..');

export function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Starts the API; BEIAN_API_NO_BUILD=1 takes what is built already. */
export async function startApi(settings = {}, folder = null, port = null) {
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'beian-e2e-')));
  const url = `http://127.0.0.1:${port ?? (await freePort())}`;
  const built = process.env.BEIAN_API_NO_BUILD === '1' ? ['--no-build'] : [];
  const options = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
  const child = spawn('dotnet', ['run', '--project', join(project, 'Beian.MiniApi'), ...built, '--', '--urls', url, `--Storage:Folder=${data}`, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let log = '';
  child.stdout.on('data', (part) => (log += part));
  child.stderr.on('data', (part) => (log += part));
  await until(`${url}/health/ready`, child, () => log, 240);
  return {
    url,
    folder: data,
    port: Number(new URL(url).port),
    log: () => log,
    async stop(keep = false) {
      await end(child);
      if (!keep) {
        await rm(data, { recursive: true, force: true });
      }
    },
  };
}

/** Starts the browser host before an API. */
export async function startHost(apiUrl, port = null) {
  const url = `http://127.0.0.1:${port ?? (await freePort())}`;
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../host/serve.mjs'), '--port', new URL(url).port, '--api', apiUrl], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let log = '';
  child.stdout.on('data', (part) => (log += part));
  child.stderr.on('data', (part) => (log += part));
  await until(url, child, () => log, 60);
  return { url, log: () => log, stop: () => end(child) };
}

async function until(url, child, log, seconds) {
  for (let tried = 0; tried < seconds * 4; tried++) {
    if (child.exitCode !== null) {
      break;
    }
    const answered = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (answered) {
      return;
    }
    await wait(250);
  }
  await end(child);
  throw new Error(`${url} did not start:\n${log()}`);
}

/** The whole group: dotnet run starts the program as a child of its own. */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = new Promise((done) => child.once('exit', done));
  process.kill(-child.pid, 'SIGTERM');
  await Promise.race([ended, wait(10_000)]);
  if (child.exitCode === null && child.signalCode === null) {
    process.kill(-child.pid, 'SIGKILL');
  }
}
