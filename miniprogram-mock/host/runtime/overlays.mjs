// What WeChat draws above the pages: modal, action sheet, toast, list sheets. One at a time holds the focus.
import { text } from './words.mjs';

const root = () => document.getElementById('overlays');

export function element(tag, properties = {}, children = []) {
  const { className, ...attributes } = properties;
  const node = document.createElement(tag);
  if (className) {
    node.className = className;
  }

  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }

  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A dialog that keeps the focus until it is closed. `fill(close)` gives its content; answers what close was called with. */
export function openDialog({ label, className = '', role = 'dialog', dismissable = true }, fill) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const close = (answer) => {
      shade.remove();
      before?.focus?.({ preventScroll: true });
      resolve(answer);
    };
    const panel = element('div', { className: `mp-dialog ${className}`, role, 'aria-modal': 'true', 'aria-label': label, tabindex: '-1' });
    const shade = element(
      'div',
      {
        className: 'mp-shade',
        onclick: (event) => dismissable && event.target === shade && close(null),
        onkeydown: (event) => onDialogKey(event, panel, () => dismissable && close(null)),
      },
      [panel],
    );
    panel.append(...fill(close));
    root().append(shade);
    (panel.querySelector('[autofocus], input, textarea') ?? panel).focus({ preventScroll: true });
  });
}

export function onDialogKey(event, panel, dismiss) {
  if (event.key === 'Escape') {
    dismiss();
    return;
  }

  if (event.key !== 'Tab') {
    return;
  }

  const inside = [...panel.querySelectorAll('button, input, textarea, [tabindex="0"]')].filter((node) => !node.disabled && node.offsetParent !== null);
  const edge = event.shiftKey ? inside[0] : inside.at(-1);
  if (inside.length > 0 && (document.activeElement === edge || document.activeElement === panel)) {
    event.preventDefault();
    (event.shiftKey ? inside.at(-1) : inside[0]).focus();
  }
}

export const button = (label, className, onclick, more = {}) => element('button', { type: 'button', className, onclick, ...more }, [label]);

export async function showModal({ title = '', content = '', showCancel = true, cancelText, confirmText, editable = false, placeholderText = '' }) {
  const input = editable ? element('input', { className: 'mp-modal-input', placeholder: placeholderText, 'aria-label': placeholderText || title }) : null;
  const answer = await openDialog({ label: title || content, className: 'mp-modal', role: 'dialog', dismissable: false }, (close) =>
    [
      title ? element('h2', {}, [title]) : null,
      content && !editable ? element('p', {}, [content]) : null,
      input,
      element('div', { className: 'mp-modal-buttons' }, [
        showCancel ? button(cancelText ?? text('cancel'), 'mp-cancel', () => close('cancel')) : null,
        button(confirmText ?? text('ok'), 'mp-confirm', () => close('confirm')),
      ]),
    ].filter(Boolean),
  );
  return { confirm: answer === 'confirm', cancel: answer !== 'confirm', content: answer === 'confirm' && input ? input.value : null };
}

/** @returns the index tapped, or null */
export function showActionSheet({ itemList, alertText }) {
  return openDialog({ label: alertText ?? text('ok'), className: 'mp-sheet' }, (close) =>
    [
      alertText ? element('p', { className: 'mp-sheet-title' }, [alertText]) : null,
      element(
        'div',
        { role: 'listbox', 'aria-label': alertText ?? text('ok') },
        itemList.map((item, index) =>
          element('button', { type: 'button', className: 'mp-sheet-item', role: 'option', 'aria-selected': 'false', onclick: () => close(index) }, [item]),
        ),
      ),
      button(text('cancel'), 'mp-sheet-item mp-cancel', () => close(null)),
    ].filter(Boolean),
  );
}

let toast = null;
let toastTimer;

export function showToast({ title, icon = 'success', duration = 1500, mask = false, lasting = false }) {
  hideToast();
  const box = element('div', { className: 'mp-toast', role: 'status' }, [
    icon === 'none' ? null : element('span', { className: `mp-toast-icon mp-toast-${lasting ? 'loading' : icon}`, 'aria-hidden': 'true' }),
    element('span', {}, [title]),
  ]);
  toast = { node: element('div', { className: mask ? 'mp-toast-layer mp-toast-mask' : 'mp-toast-layer' }, [box]), lasting };
  root().append(toast.node);
  if (!lasting) {
    toastTimer = setTimeout(hideToast, duration);
  }
}

export function hideToast() {
  clearTimeout(toastTimer);
  toast?.node.remove();
  toast = null;
}

/** A toast hides a loading mark and the other way round, as in WeChat where both are the same thing. */
export const hideLoading = () => toast?.lasting && hideToast();
