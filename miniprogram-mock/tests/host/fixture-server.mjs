// A tiny API behind the host's server, and a page in Chromium that runs the fixture program.
import http from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from '../../host/build.mjs';
import { serve } from '../../host/serve.mjs';

const fixture = fileURLToPath(new URL('fixture', import.meta.url));

export async function startFixture() {
  const out = await mkdtemp(path.join(os.tmpdir(), 'host-fixture-'));
  await build({ root: fixture, out });
  const api = http.createServer(answer);
  await new Promise((resolve) => {
    api.listen(0, '127.0.0.1', resolve);
  });
  const host = await serve({ out, port: 0, api: `http://127.0.0.1:${api.address().port}` });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  return {
    host,
    api,
    async open(query = '', { user = 'lin' } = {}) {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
      const page = await context.newPage();
      page.setDefaultTimeout(5000);
      await page.goto(`${host.url}/?bare=1&user=${user}${query}`);
      await page.waitForSelector('#app[data-route]');
      return {
        page,
        cur: () => page.locator('.mp-page:not(.mp-hidden)'),
        data: () => page.evaluate(() => getCurrentPages().at(-1).data),
        close: () => context.close(),
      };
    },
    async close() {
      await browser.close();
      await host.close();
      api.closeAllConnections();
      api.close();
      await rm(out, { recursive: true });
    },
  };
}

/** Echoes where it was asked; `slow` never answers. */
function answer(request, response) {
  if (request.url.includes('slow')) {
    return;
  }

  if (request.url.includes('framed')) {
    response.writeHead(302, {
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      location: `http://${request.headers.host}/api/next`,
    });
    response.end();
    return;
  }

  let size = 0;
  request.on('data', (chunk) => {
    size += chunk.length;
  });
  request.on('end', () => {
    response.writeHead(request.url.includes('teapot') ? 418 : 200, { 'content-type': 'application/json', 'x-note': 'here' });
    response.end(JSON.stringify({ path: request.url, method: request.method, size, type: request.headers['content-type'] ?? null }));
  });
}

/** What every test ends with: nothing threw, and nothing of wx was missing. */
export const troubles = (page) => page.evaluate(() => [...window.__mpErrors, ...window.mock.missing]);
