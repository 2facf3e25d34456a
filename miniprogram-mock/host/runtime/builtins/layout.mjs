// Boxes, text and pictures.
import { recordError } from '../errors.mjs';
import { addressOf } from '../temp-files.mjs';
import { asControl, controlState, define, setAttribute } from './define.mjs';
import { defineRichText } from './rich-text.mjs';
import { defineScrollView } from './scroll-view.mjs';

const hoverProperties = { hoverStopPropagation: Boolean, hoverStartTime: Number, hoverStayTime: Number };

export function layoutComponents(space) {
  const box = { properties: hoverProperties };
  return {
    view: define(space, 'view', { properties: hoverProperties, created: watchHover }),
    'cover-view': define(space, 'cover-view', box),
    'root-portal': define(space, 'root-portal', { properties: { enable: Boolean } }),
    'match-media': define(space, 'match-media', { properties: { minWidth: Number, maxWidth: Number } }),
    text: define(space, 'text', {
      properties: { selectable: Boolean, userSelect: Boolean, space: String, decode: Boolean, overflow: String, maxLines: Number },
      update: ({ $$: node }, { selectable, userSelect }) => node.classList.toggle('mp-selectable', selectable || userSelect),
    }),
    image: defineImage(space),
    icon: define(space, 'icon', {
      properties: { type: String, size: null, color: String },
      update: ({ $$: node }, { type }) => {
        node.dataset.type = type;
        node.setAttribute('aria-hidden', 'true');
      },
    }),
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
    properties: {
      src: String,
      mode: { type: String, value: 'scaleToFill' },
      lazyLoad: Boolean,
      alt: { type: null, value: undefined },
      showMenuByLongpress: Boolean,
      webp: Boolean,
    },
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

function defineProgress(space) {
  return define(space, 'progress', {
    properties: {
      percent: { type: Number, value: 0 },
      showInfo: Boolean,
      strokeWidth: { type: null, value: 6 },
      color: String,
      activeColor: String,
      backgroundColor: String,
      active: Boolean,
      activeMode: String,
      duration: Number,
      borderRadius: null,
      fontSize: null,
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

function defineNavigator(space) {
  return define(space, 'navigator', {
    properties: {
      url: String,
      openType: { type: String, value: 'navigate' },
      delta: { type: Number, value: 1 },
      target: String,
      appId: String,
      path: String,
    },
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
    properties: {
      rootFontSize: String,
      pageFontSize: String,
      pageStyle: String,
      rootBackgroundColor: String,
      backgroundColor: String,
      rootStyle: String,
      pageOrientation: String,
      backgroundTextStyle: String,
      scrollTop: String,
      scrollDuration: Number,
    },
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
