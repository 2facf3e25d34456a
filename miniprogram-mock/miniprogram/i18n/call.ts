import type { Texts } from './index';

const zh = {
  title: '接听审核电话的时间',
  lead: '审核人员会在工作日致电负责人。可以选一个方便的时段，审核人员会尽量在这段时间来电。',
  any: '任何时间都可以',
  anyNote: '工作日 {from} 至 {to}',
  within: '只在这个时段',
  withinNote: '北京时间，工作日每天相同',
  from: '从',
  to: '到',
  toHint: '时段至少一小时',
  note: '给审核人员的话',
  noteHint: '例如：请先打手机',
  again: '再保存一次',
  closed: '现在不需要选择',
  closedText: '审核电话已经打过，或备案已经不在审核中。',
  back: '回到备案进度',
  none: '任何工作时间',
  window: '工作日 {from} 至 {to}',
};

const en: typeof zh = {
  title: 'When to be called',
  lead: 'A reviewer calls the principal on a working day. Choose the hours that suit you; the call will come within them where possible.',
  any: 'At any time',
  anyNote: 'Working days, {from} to {to}',
  within: 'Only between these hours',
  withinNote: 'Beijing time, the same on every working day',
  from: 'From',
  to: 'To',
  toHint: 'At least one hour',
  note: 'For the reviewer to know',
  noteHint: 'Such as: try the mobile first',
  again: 'Save again',
  closed: 'Nothing to choose now',
  closedText: 'The call has been made, or the filing is no longer under review.',
  back: 'Back to the progress',
  none: 'Any working hour',
  window: 'Working days, {from} to {to}',
};

export const callTexts: Texts<typeof zh> = { 'zh-CN': zh, en };
