import { ApiError } from '../api/index';
import { commonTexts } from '../i18n/common';
import { texts } from '../i18n/index';
import { journeyTexts } from '../i18n/journey';
import { showTrouble, trouble } from './trouble';

/** Says why nothing could be started. Where a filing is open, perhaps one whose answer never came, the way to it is offered. */
export async function showStartTrouble(error: unknown): Promise<void> {
  if (!(error instanceof ApiError) || error.code !== 'filing.anotherOpen') {
    showTrouble(error);
    return;
  }
  const { title, text } = trouble(error);
  const { confirm } = await wx.showModal({ title, content: text, cancelText: texts(commonTexts).cancel, confirmText: texts(journeyTexts).goOn });
  if (confirm) {
    void wx.reLaunch({ url: '/pages/home/index' });
  }
}
