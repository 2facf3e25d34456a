// Boxes, text and pictures.
import { recordError } from '../errors.mjs';
import { addressOf } from '../temp-files.mjs';
import { asControl, controlState, define, setAttribute } from './define.mjs';

const hoverProperties = { hoverStopPropagation: Boolean, hoverStartTime: Number, hoverStayTime: Number };

export function layoutComponents(space) {
  const box = { properties: hoverProperties };
  return {
    view: define(space, 'view', { properties: hoverProperties, created: watchHover }),
    'cover-view': define(space, 'cover-view', box),
    'root-portal': define(space, 'root-portal', { properties: { enable: Boolean } }),
    'match-media': define(space, 'match-media', { properties: { minWidth: Number, maxWidth: Number } }),
    text: define(space, 'text', { properties: { selectable: Boolean, userSelect: Boolean, space: String, decode: Boolean, overflow: String, maxLines: Number },
      update: ({ $$: node }, { selectable, userSelect }) => node.classList.toggle('mp-selectable', selectable || userSelect) }),
    image: defineImage(space),
    icon: define(space, 'icon', { properties: { type: String, size: null, color: String },
      update: ({ $$: node }, { type }) => { node.dataset.type = type; node.setAttribute('aria-hidden', 'true'); } }),
    'scroll-view': defineScrollView(space),
    progress: defineProgress(space),
    'rich-text': defineRichText(space),
    navigator: defineNavigator(space),
    'page-meta': definePageMeta(space),
  };
}

/** Without a hover class a box does not react: the page's own :active rules are enough for the rest. */
function watchHover({ $$: node }) {
  node.addEventListener('pointerdown', () => node.classList.add('mp-hover'));
  for (const type of ['pointerup', 'pointercancel', 'pointerleave']) {
    node.addEventListener(type, () => node.classList.remove('mp-hover'));
  }
}

function defineImage(space) {
  return define(space, 'image', {
    properties: { src: String, mode: { type: String, value: 'scaleToFill' }, lazyLoad: Boolean, alt: { type: null, value: undefined }, showMenuByLongpress: Boolean, webp: Boolean },
    control: (component) => component.picture,
    created(component) {
      const picture = document.createElement('img');
      picture.alt = '';
      picture.addEventListener('load', () => component.triggerEvent('load', { width: picture.naturalWidth, height: picture.naturalHeight }));
      picture.addEventListener('error', () => component.triggerEvent('error', { errMsg: 'load failed' }));
      component.picture = picture;
      component.$$.append(picture);
    },
    update({ picture, $$: node }, { src, mode, ariaLabel, alt }) {
      node.dataset.mode = mode;
      picture.alt = ariaLabel ?? alt ?? '';
      const address = addressOf(src ?? '', window.mock?.origins);
      if (picture.getAttribute('src') !== address) {
        setAttribute(picture, 'src', address || null);
      }
    },
  });
}

function defineScrollView(space) {
  return define(space, 'scroll-view', {
    properties: {
      scrollX: null, scrollY: null, scrollTop: null, scrollLeft: null, scrollIntoView: String, upperThreshold: { type: Number, value: 50 }, lowerThreshold: { type: Number, value: 50 },
      scrollWithAnimation: Boolean, enhanced: Boolean, showScrollbar: { type: Boolean, value: true }, enableFlex: Boolean, bounces: Boolean, type: String,
      refresherEnabled: Boolean, refresherTriggered: Boolean, enableBackToTop: Boolean, scrollAnchoring: Boolean, usingSticky: Boolean, enablePassive: null,
    },
    created(component) {
      const node = component.$$;
      node.tabIndex = 0;
      node.addEventListener('scroll', () => {
        const { scrollLeft, scrollTop, scrollHeight, scrollWidth, clientHeight } = node;
        component.triggerEvent('scroll', { scrollLeft, scrollTop, scrollHeight, scrollWidth });
        if (scrollTop + clientHeight >= scrollHeight - component.data.lowerThreshold) {
          component.triggerEvent('scrolltolower', { direction: 'bottom' });
        } else if (scrollTop <= component.data.upperThreshold) {
          component.triggerEvent('scrolltoupper', { direction: 'top' });
        }
      });
    },
    update(component, { scrollX, scrollY, scrollTop, scrollIntoView }) {
      const node = component.$$;
      node.style.overflowX = scrollX && scrollX !== 'false' ? 'auto' : 'hidden';
      node.style.overflowY = scrollY && scrollY !== 'false' ? 'auto' : 'hidden';
      if (scrollTop !== null && scrollTop !== undefined && scrollTop !== component.lastTop) {
        component.lastTop = scrollTop;
        node.scrollTop = Number(scrollTop);
      }

      if (scrollIntoView && scrollIntoView !== component.lastInto) {
        component.lastInto = scrollIntoView;
        Promise.resolve().then(() => component.ownerShadowRoot?.getElementById(scrollIntoView)?.$$.scrollIntoView({ block: 'start' }));
      }
    },
  });
}

function defineProgress(space) {
  return define(space, 'progress', {
    properties: {
      percent: { type: Number, value: 0 }, showInfo: Boolean, strokeWidth: { type: null, value: 6 }, color: String, activeColor: String, backgroundColor: String, active: Boolean,
      activeMode: String, duration: Number, borderRadius: null, fontSize: null,
    },
    created(component) {
      component.bar = document.createElement('div');
      component.bar.className = 'mp-progress-bar';
      component.$$.append(component.bar);
    },
    update({ $$: node, bar }, { percent, strokeWidth, activeColor, color, backgroundColor }) {
      node.setAttribute('role', 'progressbar');
      node.setAttribute('aria-valuemin', '0');
      node.setAttribute('aria-valuemax', '100');
      node.setAttribute('aria-valuenow', String(percent));
      node.style.height = typeof strokeWidth === 'number' ? `${strokeWidth}px` : String(strokeWidth);
      node.style.backgroundColor = backgroundColor ?? '';
      bar.style.width = `${percent}%`;
      bar.style.backgroundColor = (activeColor || color) ?? '';
    },
  });
}

/** Strings and nodes of a few harmless tags; anything else is shown as its text. */
function defineRichText(space) {
  return define(space, 'rich-text', {
    properties: { nodes: null, space: String, userSelect: Boolean },
    update({ $$: node }, { nodes }) {
      node.replaceChildren(...(typeof nodes === 'string' ? parseRich(nodes) : (nodes ?? []).map(richNode)));
    },
  });
}

const richTags = new Set(['p', 'br', 'b', 'strong', 'i', 'em', 'u', 'span', 'div', 'h1', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'table', 'tbody', 'thead', 'tr', 'td', 'th', 'hr', 'code']);

function parseRich(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const convert = (node) => (node.nodeType === Node.TEXT_NODE ? { type: 'text', text: node.data } : {
    name: node.localName ?? '', attrs: { class: node.className, style: node.getAttribute?.('style') }, children: [...node.childNodes].map(convert),
  });
  return [...parsed.body.childNodes].map((node) => richNode(convert(node)));
}

function richNode({ type, text, name, attrs = {}, children = [] }) {
  if (type === 'text') {
    return document.createTextNode(text);
  }

  const node = document.createElement(richTags.has(name) ? name : 'span');
  setAttribute(node, 'class', attrs.class || null);
  setAttribute(node, 'style', attrs.style || null);
  node.append(...children.map(richNode));
  return node;
}

function defineNavigator(space) {
  return define(space, 'navigator', {
    properties: { url: String, openType: { type: String, value: 'navigate' }, delta: { type: Number, value: 1 }, target: String, appId: String, path: String },
    created(component) {
      asControl(component);
      component.$$.addEventListener('click', () => {
        const { url, openType, delta } = component.data;
        const move = { navigate: 'navigateTo', redirect: 'redirectTo', switchTab: 'switchTab', reLaunch: 'reLaunch', navigateBack: 'navigateBack' }[openType];
        window.wx[move]?.({ url, delta, success: (detail) => component.triggerEvent('success', detail), fail: (detail) => failed(component, detail) });
      });
    },
    update: (component) => controlState(component, 'link'),
  });
}

/** A link that leads nowhere is a mistake of the program, not an answer to it. */
function failed(component, detail) {
  recordError(detail.errMsg);
  component.triggerEvent('fail', detail);
}

/** Text follows the size chosen in WeChat where a page asks for it: rem is 16 px of the system's size there, and 16 px elsewhere. */
function definePageMeta(space) {
  const size = (value) => (value === 'system' ? 'calc(16px * var(--font-scale))' : value);
  return define(space, 'page-meta', {
    properties: { rootFontSize: String, pageFontSize: String, pageStyle: String, rootBackgroundColor: String, backgroundColor: String, rootStyle: String, pageOrientation: String,
      backgroundTextStyle: String, scrollTop: String, scrollDuration: Number },
    update({ $$: node }, { rootFontSize, pageFontSize, pageStyle, backgroundColor }) {
      const page = node.closest('wx-page');
      const frame = node.closest('.mp-page');
      if (!page || !frame) {
        return;
      }

      page.style.cssText = pageStyle ?? '';
      if (pageFontSize) {
        page.style.fontSize = size(pageFontSize);
      }

      if (backgroundColor) {
        page.style.backgroundColor = backgroundColor;
      }

      if (rootFontSize) {
        frame.style.setProperty('--rem', size(rootFontSize));
      } else {
        frame.style.removeProperty('--rem');
      }
    },
  });
}
