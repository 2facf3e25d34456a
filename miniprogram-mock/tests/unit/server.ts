// A real HTTP server whose answers a test writes down.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** `destroy` cuts the connection without an answer. */
export type Reply = { status?: number; headers?: Record<string, string>; body?: unknown; afterMs?: number } | 'destroy';

export async function startServer(answer: (request: Seen, count: number) => Reply) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const entry: Seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
      seen.push(entry);
      const reply = answer(entry, seen.filter((other) => other.method === entry.method && other.url === entry.url).length);
      if (reply === 'destroy') {
        request.socket.destroy();
        return;
      }

      const { status = 200, headers = {}, body, afterMs = 0 } = reply;
      setTimeout(() => {
        response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
        response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
      }, afterMs);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    seen,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((closed) => {
      server.closeAllConnections();
      server.close(() => closed());
    }),
  };
}

export const problem = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: { type: `urn:beian:problem:${code}`, title: 'title', status, detail: 'detail', instance: '/', code, traceId: 'trace', ...more },
});
