// Sheets that a page draws itself: with a keyboard they hold the focus as WeChat's own dialogs do.
import { onDialogKey } from './overlays.mjs';

/** The focus goes into a sheet that opens and back when it closes; Escape is a tap beside it. */
export function watchPageDialogs(surface) {
  let open = null;
  let before = null;
  const look = () => {
    const panel = [...surface.querySelectorAll('.mp-page:not(.mp-hidden) [aria-modal="true"]')].at(-1) ?? null;
    if (panel === open) {
      return;
    }

    open = panel;
    if (panel) {
      before ??= document.activeElement;
      panel.tabIndex = -1;
      panel.addEventListener('keydown', (event) => onDialogKey(event, panel, () => panel.previousElementSibling?.click()));
      panel.focus({ preventScroll: true });
    } else {
      before?.focus?.({ preventScroll: true });
      before = null;
    }
  };
  new MutationObserver(look).observe(surface, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-modal'] });
}
