// Toast, loading, modal, action sheet.
import { hideLoading, hideToast, showActionSheet, showModal, showToast } from '../overlays.mjs';
import { text } from '../words.mjs';
import { asyncCall, CallFailure } from './call.mjs';

const maxActions = 6;

export function overlayCalls({ mock }) {
  return {
    showToast: asyncCall(mock, 'showToast', (options) => showToast({ ...options, lasting: options.icon === 'loading' && !options.duration })),
    hideToast: asyncCall(mock, 'hideToast', () => hideToast()),
    showLoading: asyncCall(mock, 'showLoading', ({ title = text('loading'), mask }) => showToast({ title, mask, lasting: true })),
    hideLoading: asyncCall(mock, 'hideLoading', () => {
      hideLoading();
    }),
    showModal: asyncCall(mock, 'showModal', (options) => showModal(options)),
    showActionSheet: asyncCall(mock, 'showActionSheet', async (options) => {
      if (options.itemList.length > maxActions) {
        throw new CallFailure('parameter error: itemList should not be large than 6');
      }

      const tapIndex = await showActionSheet(options);
      if (tapIndex === null) {
        throw new CallFailure('cancel');
      }

      return { tapIndex };
    }),
  };
}
