// Puts the compiled program and the framework together: components, their templates and sheets, and the scripts.
import { addGlobalErrorListener, addGlobalWarningListener, Element as GlassElement } from 'glass-easel';
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import { HostBackend } from './backend.mjs';
import { defineBuiltIns } from './builtins/index.mjs';
import { recordError, recordWarning } from './errors.mjs';
import { Scripts } from './scripts.mjs';

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
  const scripts = new Scripts(program.scripts, space, globals);
  return { space, backend, run: (unit) => scripts.run(unit) };
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
  space.setOverallBehavior(
    space
      .behavior()
      .lifetime('attached', function attached() {
        if (queue.length === 0) {
          Promise.resolve().then(flush);
        }

        queue.push(this._$);
      })
      .register()._$,
  );
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
