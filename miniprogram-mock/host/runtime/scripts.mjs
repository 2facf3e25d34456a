// Runs the program's scripts: each once, with what WeChat gives it as arguments.
import { behaviorOf } from './behaviors.mjs';

export class Scripts {
  constructor(scripts, space, globals) {
    Object.assign(this, { scripts, space, globals, modules: new Map(), unit: '' });
  }

  /** A library may call Component() from a module that several components share: what counts is the component being run. */
  run(unit) {
    this.unit = unit;
    return this.load(unit);
  }

  load(unit) {
    if (!this.modules.has(unit)) {
      const module = { exports: {} };
      this.modules.set(unit, module);
      const { App, getApp, getCurrentPages, wx, global } = this.globals;
      const constructors = ['Page', 'Component', 'Behavior'].map((kind) => (definition) => this.define(kind, definition));
      this.scripts[unit].call(
        undefined,
        (target) => this.require(unit, target),
        module,
        module.exports,
        App,
        ...constructors,
        getApp,
        getCurrentPages,
        wx,
        global,
      );
    }

    return this.modules.get(unit).exports;
  }

  require(from, target) {
    const base = normalize(target.startsWith('/') ? target : `${from.slice(0, from.lastIndexOf('/') + 1)}${target}`);
    const found = [base, base.replace(/\.(js|ts)$/, ''), `${base}/index`].find((candidate) => candidate in this.scripts);
    if (found === undefined) {
      throw new Error(`module '${target}' is not defined, require args is '${target}' in ${from}`);
    }

    return this.load(found);
  }

  define(kind, definition) {
    const known = definition?.behaviors ? { ...definition, behaviors: definition.behaviors.map((behavior) => behaviorOf(this.space, behavior)) } : definition;
    return this.space.componentEnv(this.unit, (environment) => environment[kind](known));
  }
}

function normalize(path) {
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }

  return parts.join('/');
}
