// A box that scrolls by itself, reachable by the keyboard.
import { define } from './define.mjs';

const properties = {
  scrollX: null,
  scrollY: null,
  scrollTop: null,
  scrollLeft: null,
  scrollIntoView: String,
  upperThreshold: { type: Number, value: 50 },
  lowerThreshold: { type: Number, value: 50 },
  scrollWithAnimation: Boolean,
  enhanced: Boolean,
  showScrollbar: { type: Boolean, value: true },
  enableFlex: Boolean,
  bounces: Boolean,
  type: String,
  refresherEnabled: Boolean,
  refresherTriggered: Boolean,
  enableBackToTop: Boolean,
  scrollAnchoring: Boolean,
  usingSticky: Boolean,
  enablePassive: null,
};

export function defineScrollView(space) {
  return define(space, 'scroll-view', {
    properties,
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
