// Compiles the mini program with WeChat's own tool, offline: what it would refuse at an upload is refused here. It looks at app.json, page files, TypeScript
// and WXSS; WXML is for "npm run build". Its server would be asked for the account's attributes; those of an ordinary account are given instead.
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ci = createRequire(import.meta.url)('miniprogram-ci');
const projectPath = resolve(import.meta.dirname, '../..');
const packed = join(tmpdir(), `beian-${randomBytes(6).toString('hex')}.zip`);
const megabyte = 1024 * 1024;

const project = new ci.Project({ appid: 'wx0123456789abcdef', type: 'miniProgram', projectPath, privateKey: 'unused', ignores: ['node_modules/**/*', 'tools/**/*', 'host/**/*', 'tests/**/*', 'dist/**/*'] });
project.attr = async () => ({
  platform: false,
  appType: 0,
  isSandbox: false,
  released: false,
  setting: {
    MaxCodeSize: 2, MaxSubpackageSubCodeSize: 2, MaxSubpackageFullCodeSize: 30, NavigateMiniprogramLimit: 10, MaxSubPackageLimit: 100, MinTabbarCount: 2, MaxTabbarCount: 5, MaxTabbarIconSize: 40,
  },
});

let code = 1;
try {
  await ci.getCompiledResult({ project, version: '0', desc: '-', setting: { useProjectConfig: true } }, packed);
  const { size } = await stat(packed);
  console.log(`WeChat's compiler takes it: ${Math.ceil(size / 1024)} KB of ${2 * 1024} KB`);
  code = size > 2 * megabyte ? 1 : 0;
} catch (error) {
  console.error(error.message ?? error);
} finally {
  await rm(packed, { force: true });
}

// A worker of the tool stays alive.
process.exit(code);
