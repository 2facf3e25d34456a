// Writes miniprogram/api/schema.d.ts from the server's OpenAPI document, or with --check says whether the committed file still is what it would write.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import openapiTS, { astToString } from 'openapi-typescript';
import { slim } from './openapi-slim.mjs';

const target = fileURLToPath(new URL('../miniprogram/api/schema.d.ts', import.meta.url));
const header = `// The server's own words: written by "npm run client:types" from its OpenAPI document. Do not edit.
// Only what a mini program can call: no staff, no operations, no resumable uploads (wx.request has no PATCH).
`;

async function readDocument({ url, file }) {
  if (file) {
    return JSON.parse(await readFile(file, 'utf8'));
  }

  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`${url} answered ${answer.status}`);
  }

  return answer.json();
}

function firstDifference(committed, fresh) {
  const [was, is] = [committed.split('\n'), fresh.split('\n')];
  const line = is.findIndex((text, index) => text !== was[index]);
  const at = line < 0 ? is.length : line;
  return `line ${at + 1}\n  committed: ${was[at] ?? '(end)'}\n  server:    ${is[at] ?? '(end)'}`;
}

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:5080/swagger/v1/swagger.json' },
    file: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});

const nodes = await openapiTS(slim(await readDocument(values)), { alphabetize: true, rootTypes: true, rootTypesNoSchemaPrefix: true, silent: true });
const fresh = header + astToString(nodes).replace(/^ {4,}/gm, (spaces) => spaces.slice(spaces.length / 2));

if (!values.check) {
  await writeFile(target, fresh);
} else {
  const committed = await readFile(target, 'utf8').catch(() => '');
  if (committed !== fresh) {
    console.error(`miniprogram/api/schema.d.ts is not what the server says: ${firstDifference(committed, fresh)}\nRun "npm run client:types" and commit it.`);
    process.exitCode = 1;
  }
}
