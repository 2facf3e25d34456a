// The few words that WeChat itself shows, in the language of the phone.
const words = {
  zh: {
    back: '返回', home: '回到首页', ok: '确定', cancel: '取消', loading: '加载中', close: '关闭', chooseFile: '选择文件', scan: '扫码', scanHint: '二维码的内容',
    date: '日期', time: '时间', noCamera: '没有可用的摄像头', camera: '摄像头画面', preview: '预览图片', subscribe: '订阅消息', subscribeHint: '允许发送以下消息吗？',
    allow: '允许', refuse: '拒绝', permission: '申请使用权限', done: '完成', leave: '离开此页面？',
  },
  en: {
    back: 'Back', home: 'Home', ok: 'OK', cancel: 'Cancel', loading: 'Loading', close: 'Close', chooseFile: 'Choose a file', scan: 'Scan', scanHint: 'What the code says',
    date: 'Date', time: 'Time', noCamera: 'No camera', camera: 'Camera picture', preview: 'Preview of a picture', subscribe: 'Messages', subscribeHint: 'Allow these messages?',
    allow: 'Allow', refuse: 'Refuse', permission: 'Permission', done: 'Done', leave: 'Leave this page?',
  },
};

export function text(key) {
  return words[document.documentElement.lang.startsWith('en') ? 'en' : 'zh'][key];
}
