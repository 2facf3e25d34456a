// Measuring what is drawn. Within a component the framework's own query answers; this one is for the page on top.
import { syncCall } from './call.mjs';

export function selectorCalls({ mock, router }) {
  return {
    createSelectorQuery: syncCall(mock, 'createSelectorQuery', () => createQuery(router)),
    createIntersectionObserver: syncCall(mock, 'createIntersectionObserver', (component, options) => component.createIntersectionObserver(options)),
  };
}

function run({ find, measure, callback }) {
  const found = find();
  const result = Array.isArray(found) ? found.map(measure) : found && measure(found);
  callback?.(result);
  return result;
}

function createQuery(router) {
  let scope = router.current().page._$;
  const jobs = [];
  const viewport = router.current().view.scroller;
  const query = {
    in(component) {
      scope = component._$ ?? scope;
      return query;
    },
    select: (selector) => ref(() => scope.shadowRoot.querySelector(selector)?.$$ ?? null),
    selectAll: (selector) => ref(() => scope.shadowRoot.querySelectorAll(selector).map((found) => found.$$)),
    selectViewport: () => ref(() => viewport),
    exec(done) {
      requestAnimationFrame(() => {
        done?.(jobs.map(run));
      });
      return query;
    },
  };
  const ref = (find) => {
    const add = (measure) => (callback) => {
      jobs.push({ find, measure, callback });
      return query;
    };
    return {
      boundingClientRect: add(rect),
      scrollOffset: add(offset),
      fields: (fields, callback) => add((node) => wanted(node, fields))(callback),
      node: add((node) => ({ node })),
      context: add((node) => ({ context: node.__context ?? null })),
    };
  };
  return query;
}

function wanted(node, fields) {
  return { ...(fields.rect || fields.size ? rect(node) : {}), ...(fields.scrollOffset ? offset(node) : {}) };
}

function rect(node) {
  const { left, top, right, bottom, width, height } = node.getBoundingClientRect();
  const { id = '', dataset = {} } = node.__wxElement ?? {};
  return { id, dataset, left, top, right, bottom, width, height };
}

const offset = ({ scrollLeft, scrollTop, scrollWidth, scrollHeight }) => ({ id: '', dataset: {}, scrollLeft, scrollTop, scrollWidth, scrollHeight });
