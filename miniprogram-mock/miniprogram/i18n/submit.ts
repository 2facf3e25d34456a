import type { Texts } from './index';

const zh = {
  title: '阅读协议并提交',
  lead: '请逐份阅读并同意。提交后在审核期间不能修改，需要时可以撤回。',
  filing: '备案单号 {number}',
  agreements: '需要同意的协议',
  read: '阅读全文',
  agree: '我已阅读并同意《{title}》',
  agreeFirst: '请先同意全部协议。',
  next: '提交之后',
  estimate: '审核用时（仅供参考）',
  openTitle: '提交前还有 {count} 项要处理',
  refusedTitle: '还不能提交，请先处理以下内容',
  submit: '提交备案',
  submitting: '正在提交，请不要关闭',
  unsure: '没有收到回答，不能确定是否已提交。请再点一次，不会重复提交。',
  changed: '备案单在另一台设备上有修改，已载入最新内容，请核对后再提交。',
  preview: '再看一遍全部内容',
  already: '这份备案现在不能提交。',
  toProgress: '查看进度',
  done: '已提交',
};

const en: typeof zh = {
  title: 'Agreements and submission',
  lead: 'Read each text and agree. After that nothing can be changed while it is reviewed; you can take it back.',
  filing: 'Filing {number}',
  agreements: 'To agree to',
  read: 'Read the text',
  agree: 'I have read and agree to “{title}”',
  agreeFirst: 'Agree to all the texts first.',
  next: 'What happens then',
  estimate: 'Review time (an estimate)',
  openTitle: '{count} to do before submitting',
  refusedTitle: 'Not yet: deal with these first',
  submit: 'Submit',
  submitting: 'Submitting; keep this open',
  unsure: 'No answer came, so it may or may not have been submitted. Tap again; it is never submitted twice.',
  changed: 'The filing was changed on another device. The newest content is loaded: check it and submit again.',
  preview: 'Look through everything again',
  already: 'This filing cannot be submitted now.',
  toProgress: 'See how it stands',
  done: 'Submitted',
};

export const submitTexts: Texts<typeof zh> = { 'zh-CN': zh, en };
