import { commonTexts } from '../../i18n/common';
import { faceTexts } from '../../i18n/face';
import { texts } from '../../i18n/index';
import { takeAddress } from '../../services/handoff';

/** Shows a page of the web whose address another page handed over. */
Page({
  data: { common: texts(commonTexts), url: '', text: '' },
  onLoad() {
    const given = takeAddress();
    const { pageGone, pageTitle } = texts(faceTexts);
    this.setData({ common: texts(commonTexts), url: given?.url ?? '', text: pageGone });
    void wx.setNavigationBarTitle({ title: given?.title ?? pageTitle });
  },
  failed() {
    this.setData({ url: '', text: texts(faceTexts).pageFailed });
  },
  /** A program that was opened anew at this page has nothing below it. */
  back() {
    void (getCurrentPages().length > 1 ? wx.navigateBack() : wx.reLaunch({ url: '/pages/home/index' }));
  },
});
