// Moving between pages, and what a page says about its bar.
import { asyncCall, CallFailure, syncCall } from './call.mjs';
import { createEventChannel } from './event-channel.mjs';
import { showModal } from '../overlays.mjs';

export function navigationCalls({ mock, router }) {
  return {
    navigateTo: asyncCall(mock, 'navigateTo', ({ url, events = {} }) => {
      const channel = createEventChannel(events);
      const { entry, begin } = router.navigateTo(url);
      entry.page.getOpenerEventChannel = () => channel;
      begin();
      return { eventChannel: channel };
    }),
    redirectTo: asyncCall(mock, 'redirectTo', ({ url }) => router.redirectTo(url)),
    reLaunch: asyncCall(mock, 'reLaunch', ({ url }) => router.reLaunch(url)),
    switchTab: asyncCall(mock, 'switchTab', ({ url }) => router.switchTab(url)),
    navigateBack: asyncCall(mock, 'navigateBack', ({ delta = 1 }) => router.navigateBack(delta)),
    exitMiniProgram: asyncCall(mock, 'exitMiniProgram', () => undefined),
    setNavigationBarTitle: asyncCall(mock, 'setNavigationBarTitle', ({ title }) => {
      router.current().view.setTitle(title);
      document.title = title;
    }),
    setNavigationBarColor: asyncCall(mock, 'setNavigationBarColor', (colours) => router.current().view.setColours(colours)),
    setBackgroundColor: asyncCall(mock, 'setBackgroundColor', () => undefined),
    setBackgroundTextStyle: asyncCall(mock, 'setBackgroundTextStyle', () => undefined),
    hideHomeButton: asyncCall(mock, 'hideHomeButton', () => router.current().view.setHome(false)),
    showNavigationBarLoading: asyncCall(mock, 'showNavigationBarLoading', () => undefined),
    hideNavigationBarLoading: asyncCall(mock, 'hideNavigationBarLoading', () => undefined),
    startPullDownRefresh: asyncCall(mock, 'startPullDownRefresh', () => router.current().refresh.start()),
    stopPullDownRefresh: asyncCall(mock, 'stopPullDownRefresh', () => router.current().refresh.stop()),
    pageScrollTo: asyncCall(mock, 'pageScrollTo', (options) => scrollPage(router.current(), options)),
    enableAlertBeforeUnload: asyncCall(mock, 'enableAlertBeforeUnload', ({ message }) => {
      router.current().guard = async () => (await showModal({ content: message })).confirm;
    }),
    disableAlertBeforeUnload: asyncCall(mock, 'disableAlertBeforeUnload', () => {
      router.current().guard = null;
    }),
    nextTick: syncCall(mock, 'nextTick', (run) => {
      Promise.resolve().then(run);
    }),
  };
}

function scrollPage({ page, view: { scroller } }, { scrollTop, selector, offsetTop = 0, duration = 300 }) {
  let top = scrollTop;
  if (selector) {
    const found = page._$.shadowRoot.querySelector(selector)?.$$;
    if (!found) {
      throw new CallFailure(`selector ${selector} not found`);
    }

    top = found.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop + offsetTop;
  }

  scroller.scrollTo({ top: Math.max(0, top ?? 0), behavior: duration > 0 && !matchMedia('(prefers-reduced-motion: reduce)').matches ? 'smooth' : 'auto' });
}
