import { commonTexts } from '../../i18n/common';
import { faceTexts } from '../../i18n/face';
import { texts } from '../../i18n/index';
import { takeAddress } from '../../services/handoff';

/** Shows a page of the web whose address another page handed over. */
Page({
  data: { common: texts(commonTexts), url: '', text: '' },
  onLoad() {
    const given = takeAddress();
    this.setData({ common: texts(commonTexts), url: given?.url ?? '', text: texts(faceTexts).pageGone });
    void wx.setNavigationBarTitle({ title: given?.title ?? texts(faceTexts).title });
  },
  failed() {
    this.setData({ url: '', text: texts(faceTexts).pageFailed });
  },
  back() {
    void wx.navigateBack();
  },
});
