import type { Texts } from './index';

const zh = {
  title: '加入服务商账号',
  lead: '服务商可以给您一个一次性的加入码，加入后就能用公司账号的实名信息和云服务备案。',
  code: '加入码',
  codeHint: '只能用一次，很快过期',
  scan: '扫一扫',
  join: '加入',
  askTitle: '加入这个账号？',
  ask: '加入后，您将与该账号的其他成员共用备案、云服务和消息，不再使用现在的账号。',
  notACode: '这不是加入码，请扫描服务商给您的码。',
  empty: '请填写加入码。',
  scanTrouble: '没有打开相机。可以直接填写加入码。',
  done: '已加入',
  doneText: '您现在使用的账号：{name}',
  unnamed: '未命名',
  home: '回到首页',
};

const en: typeof zh = {
  title: "Join the provider's account",
  lead: 'The provider can give you a one-time code. Once you have joined you file with the real name and the cloud resources of the company account.',
  code: 'Joining code',
  codeHint: 'Good once, and not for long',
  scan: 'Scan',
  join: 'Join',
  askTitle: 'Join this account?',
  ask: 'You will share filings, cloud resources and messages with its other members, and no longer use your present account.',
  notACode: 'That is no joining code. Scan the one the provider gave you.',
  empty: 'Enter the joining code.',
  scanTrouble: 'The camera did not open. You can type the code.',
  done: 'Joined',
  doneText: 'The account you use now: {name}',
  unnamed: 'no name',
  home: 'To the home page',
};

export const joinTexts: Texts<typeof zh> = { 'zh-CN': zh, en };
