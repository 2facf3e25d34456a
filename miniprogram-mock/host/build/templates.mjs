// WXML to the functions that glass-easel runs. What the compiler finds wrong fails the build, with line and column.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { builtInTags, structuralTags } from './tags.mjs';

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler');
const wxsRuntime = 'var getRegExp=function(a,b){return new RegExp(a,b)};var getDate=function(a){return a===undefined?new Date():new Date(a)};';

/** @returns {Promise<{ code: string, problems: string[] }>} */
export async function compileTemplates(root, units) {
  const group = new TmplGroup();
  const problems = [];
  const seen = new Set();
  const scripts = new Set();
  const waiting = [...units.entries()].map(([unit, { config }]) => ({ unit, tags: Object.keys(config.usingComponents ?? {}) }));
  group.setExtraRuntimeScript(wxsRuntime);

  while (waiting.length > 0) {
    const { unit, tags } = waiting.pop();
    if (seen.has(unit)) {
      continue;
    }

    seen.add(unit);
    const text = await readFile(path.join(root, `${unit}.wxml`), 'utf8').catch(() => null);
    if (text === null) {
      problems.push(`${unit}.wxml is missing`);
      continue;
    }

    problems.push(...describe(group.addTmpl(unit, text)), ...unknownTags(unit, text, tags));
    waiting.push(...group.getDirectDependencies(unit).map((next) => ({ unit: next, tags })));
    for (const script of group.getScriptDependencies(unit)) {
      scripts.add(script);
    }
  }

  problems.push(...(await addScripts(root, group, scripts)));
  const code = problems.length === 0 ? group.getTmplGenObjectGroups() : '{}';
  group.free();
  return { code, problems };
}

async function addScripts(root, group, scripts) {
  const problems = [];
  for (const script of scripts) {
    const text = await readFile(path.join(root, `${script.replace(/\.wxs$/, '')}.wxs`), 'utf8').catch(() => null);
    if (text === null) {
      problems.push(`${script}.wxs is missing`);
      continue;
    }

    // In WXS a constructor is compared with its name.
    const named = text.replace(/\.constructor\b/g, '.constructor.name');
    group.addScript(script, named.replace(/(require\(\s*['"][^'"]+)\.wxs(['"]\s*\))/g, '$1$2'));
  }

  return problems;
}

function describe(diagnostics) {
  return diagnostics.map((found) => `${found.path}.wxml:${found.startLine + 1}:${found.startColumn + 1} ${found.level}: ${found.message}`);
}

/** The framework makes a plain element of a tag it does not know: WeChat shows nothing there, so it is an error here. */
function unknownTags(unit, text, usingTags) {
  const blank = (match) => match.replace(/[^\n]/g, ' ');
  const bare = text
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/<wxs\b[\s\S]*?<\/wxs>/g, blank)
    .replace(/\{\{[\s\S]*?\}\}/g, blank);
  const problems = [];
  for (const match of bare.matchAll(/<([A-Za-z][\w-]*)/g)) {
    const tag = match[1];
    if (builtInTags.has(tag) || structuralTags.has(tag) || usingTags.includes(tag)) {
      continue;
    }

    const before = bare.slice(0, match.index).split('\n');
    problems.push(
      `${unit}.wxml:${before.length}:${before.at(-1).length + 1} Fatal: <${tag}> is neither a component of usingComponents nor supported by the host`,
    );
  }

  return problems;
}
