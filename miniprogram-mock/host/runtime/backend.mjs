// The framework draws on the page through this: tags get a prefix, and taps come from clicks.
import { CurrentWindowBackendContext, Event as GlassEvent } from 'glass-easel';

const passed = /^(touch|transitionend$|animation)/;
const longPressMilliseconds = 350;

/** rpx in a style attribute; rem there too. */
export const inlineLengths = (style) =>
  style.replace(/(-?(?:\d*\.)?\d+)rpx\b/g, 'calc(var(--rpx) * $1)').replace(/(-?(?:\d*\.)?\d+)rem\b/g, 'calc(var(--rem, 16px) * $1)');

export class HostBackend extends CurrentWindowBackendContext {
  constructor(surface) {
    super();
    this.surface = surface;
    this.document = {
      createElement: (tag) => prefixed(tag),
      createTextNode: (text) => document.createTextNode(text),
      createDocumentFragment: () => document.createDocumentFragment(),
    };
    this.onEvent(dispatch);
    surface.addEventListener('click', (event) => this.tap(event));
    this.watchLongPress();
  }

  setListenerStats(element, type, capture, level) {
    // The controls report input, focus and the like themselves; the DOM's own event would arrive a second time.
    if (passed.test(type)) {
      super.setListenerStats(element, type, capture, level);
    }
  }

  // The framework's own tap comes from touchend: the click that follows would close what the tap opened.
  _$initEvent() {}

  tap(event) {
    const element = owner(event.target);
    if (!element || event.target.closest('[aria-disabled="true"]')?.matches('wx-button')) {
      return;
    }

    this.send(element, 'tap', event);
  }

  send(element, name, event) {
    const { clientX: x, clientY: y } = event;
    lastGesture.at = performance.now();
    const touch = { identifier: 0, pageX: x, pageY: y, clientX: x, clientY: y };
    GlassEvent.triggerEvent(
      element,
      name,
      { x, y },
      {
        bubbles: true,
        composed: true,
        capturePhase: true,
        originalEvent: event,
        extraFields: { touches: [touch], changedTouches: [touch] },
      },
    );
  }

  watchLongPress() {
    let timer;
    const stop = () => clearTimeout(timer);
    this.surface.addEventListener('pointerdown', (event) => {
      timer = setTimeout(() => {
        const element = owner(event.target);
        if (element) {
          this.send(element, 'longpress', event);
        }
      }, longPressMilliseconds);
    });
    for (const type of ['pointerup', 'pointercancel', 'pointermove', 'scroll']) {
      this.surface.addEventListener(type, stop, { capture: true });
    }
  }
}

/** The browser's touch and animation events, told to the mini program. */
function dispatch(target, type, detail, options) {
  const { touches, changedTouches } = detail;
  const event = new GlassEvent(type, detail, touches ? { ...options, extraFields: { touches: [...touches], changedTouches: [...changedTouches] } } : options);
  GlassEvent.dispatchEvent(target, event);
  return event.getEventBubbleStatus();
}

/** When a person last touched something: some calls of WeChat are only open to a tap. */
export const lastGesture = { at: -Infinity };

/** The framework's element that owns a node of the page. */
export function owner(node) {
  let current = node;
  while (current && !current.__wxElement) {
    current = current.parentNode;
  }

  return current?.__wxElement ?? null;
}

function prefixed(tag) {
  const element = document.createElement(tag.startsWith('wx-') ? tag : `wx-${tag}`);
  const set = element.setAttribute.bind(element);
  element.setAttribute = (name, value) => set(name, name === 'style' ? inlineLengths(String(value)) : value);
  return element;
}
