// Puts the compiled program and the framework together: components, their templates and sheets, and the scripts.
import { addGlobalErrorListener, addGlobalWarningListener, Element as GlassElement } from 'glass-easel';
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import { HostBackend } from './backend.mjs';
import { behaviorOf } from './behaviors.mjs';
import { defineBuiltIns } from './builtins/index.mjs';
import { recordError, recordWarning } from './errors.mjs';

export function createEnvironment(program, surface, globals) {
  writeDatasetToPage();
  addGlobalErrorListener((error) => recordError(error));
  addGlobalWarningListener(recordWarning);
  const environment = new MiniProgramEnv();
  const builtIns = defineBuiltIns(environment.getGlobalCodeSpace().getComponentSpace());
  const space = environment.createCodeSpace('', true);
  // A property named dataset or data of a component would otherwise overwrite the node's own.
  space.getComponentSpace().updateComponentOptions({ writeFieldsToNode: false, writeIdToDOM: true });
  for (const [tag, definition] of Object.entries(builtIns)) {
    space.getComponentSpace().setGlobalUsingComponent(tag, definition);
  }

  const backend = environment.associateBackend(new HostBackend(surface));
  addUnits(program, space, backend);
  fireReady(space);
  const run = evaluator(program, space, globals);
  return { space, backend, run };
}

function addUnits(program, space, backend) {
  if (program.sheets.app) {
    backend.registerStyleSheetContent('app', program.sheets.app);
    space.addStyleSheet('app', 'app');
  }

  for (const [unit, { isPage, config, scope }] of Object.entries(program.units)) {
    space.addComponentStaticConfig(unit, isPage ? { ...config, component: false } : config);
    if (program.sheets[unit] !== undefined) {
      backend.registerStyleSheetContent(unit, program.sheets[unit]);
    } else {
      backend.registerStyleSheetContent(unit, '');
    }

    space.addStyleSheet(unit, unit, isPage ? undefined : scope);
    space.addCompiledTemplate(unit, { groupList: program.templates, content: program.templates[unit] });
  }

  appendOnce(backend);
}

/** The framework appends a page's sheet each time the page opens. */
function appendOnce({ _$: context }) {
  const appended = new Set();
  const append = context.appendStyleSheetPath.bind(context);
  context.appendStyleSheetPath = (path, scope) => {
    if (appended.has(path)) {
      return -1;
    }

    appended.add(path);
    return append(path, scope);
  };
}

/** glass-easel never fires `ready`: queued when attached, fired child before parent once the tree stands. */
function fireReady(space) {
  let queue = [];
  const flush = () => {
    const ready = queue;
    queue = [];
    ready.reverse().forEach((component) => component.triggerLifetime('ready', []));
  };
  space.setOverallBehavior(space.behavior().lifetime('attached', function attached() {
    if (queue.length === 0) {
      Promise.resolve().then(flush);
    }

    queue.push(this._$);
  }).register()._$);
}

function evaluator(program, space, globals) {
  const modules = new Map();
  let current = '';
  const define = (kind) => (definition) => {
    const wrapped = kind === 'Behavior' ? definition : { ...definition };
    if (wrapped.behaviors) {
      wrapped.behaviors = wrapped.behaviors.map((behavior) => behaviorOf(space, behavior));
    }

    return space.componentEnv(current, (env) => env[kind](wrapped));
  };

  const require = (from) => (target) => {
    const base = target.startsWith('/') ? target.slice(1) : normalize(`${from.slice(0, from.lastIndexOf('/') + 1)}${target}`);
    const unit = [base, base.replace(/\.(js|ts)$/, ''), `${base}/index`].find((candidate) => candidate in program.scripts);
    if (unit === undefined) {
      throw new Error(`module '${target}' is not defined, require args is '${target}' in ${from}`);
    }

    return load(unit);
  };

  const load = (unit) => {
    if (!modules.has(unit)) {
      const module = { exports: {} };
      modules.set(unit, module);
      const script = program.scripts[unit];
      script.call(undefined, require(unit), module, module.exports, globals.App, define('Page'), define('Component'), define('Behavior'),
        globals.getApp, globals.getCurrentPages, globals.wx, globals.global);
    }

    return modules.get(unit).exports;
  };

  return (unit) => {
    current = unit;
    return load(unit);
  };
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

/** data-* in the page, so that a test finds data-testid; WeChat keeps them to itself. */
function writeDatasetToPage() {
  const { setDataset } = GlassElement.prototype;
  GlassElement.prototype.setDataset = function written(name, value) {
    setDataset.call(this, name, value);
    if (this.$$?.setAttribute && ['string', 'number', 'boolean'].includes(typeof value)) {
      this.$$.setAttribute(`data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, String(value));
    }
  };
}
