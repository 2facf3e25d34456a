import type { Texts } from './index';

/** A state in words: its name, what it means, and what its next step is called on a button. */
export interface StateText {
  readonly name: string;
  readonly text: string;
  readonly action: string;
}

interface StateTexts {
  readonly unknown: StateText;
  readonly states: Record<string, StateText>;
}

const zh: StateTexts = {
  unknown: { name: '处理中', text: '备案正在处理，请留意消息。', action: '查看详情' },
  states: {
    draft: { name: '草稿', text: '还没有提交，填写的内容会自动保存。', action: '继续填写' },
    draftExpired: { name: '草稿已过期', text: '很久没有保存，域名和名额已释放。内容可以复制到新的备案单。', action: '查看内容' },
    checking: { name: '提交校验中', text: '正在自动核对提交的内容，通常几分钟内完成。', action: '查看进度' },
    providerReview: { name: '接入商审核中', text: '审核人员正在核对资料，可能会打电话给负责人，请保持电话畅通。', action: '查看进度' },
    modificationRequested: { name: '需要修改', text: '审核人员标出了需要修改的内容，改好后重新提交。', action: '去修改' },
    providerRejected: { name: '初审未通过', text: '请按审核意见修改后重新提交。', action: '去修改' },
    pendingAuthority: { name: '待提交管局', text: '初审已通过，接入商会尽快提交管局。', action: '查看进度' },
    smsVerification: { name: '待短信核验', text: '负责人会收到工信部 12381 的短信，请按短信完成核验。', action: '查看核验方法' },
    smsFailed: { name: '短信核验未完成', text: '短信核验超时或未通过。请确认负责人的手机能收到短信，再重新提交；号码有误请联系接入商。', action: '重新提交' },
    authorityReview: { name: '管局审核中', text: '资料已提交管局，正在审核。', action: '查看进度' },
    authorityRejected: { name: '管局驳回', text: '请按管局意见修改后重新提交。', action: '去修改' },
    approved: { name: '已备案', text: '备案已通过，请把备案号放在网站底部。', action: '查看备案号' },
    abandoned: { name: '已放弃', text: '这份备案已放弃，内容可以复制到新的备案单。', action: '查看内容' },
  },
};

const en: StateTexts = {
  unknown: { name: 'In progress', text: 'The filing is being worked on. Watch your messages.', action: 'See details' },
  states: {
    draft: { name: 'Draft', text: 'Not submitted yet. Everything is saved as you type.', action: 'Go on' },
    draftExpired: { name: 'Draft expired', text: 'Nothing was saved for long, so domain and slot are free again. Its content can be copied into a new filing.', action: 'Look at it' },
    checking: { name: 'Being checked', text: 'What you submitted is checked automatically, mostly within minutes.', action: 'See progress' },
    providerReview: { name: "In the provider's review", text: 'A reviewer looks at your data and may call the principal. Please keep the phone at hand.', action: 'See progress' },
    modificationRequested: { name: 'Changes needed', text: 'The reviewer marked what needs to be changed. Change it and submit again.', action: 'Correct it' },
    providerRejected: { name: 'Not passed by the provider', text: 'Correct what the review found and submit again.', action: 'Correct it' },
    pendingAuthority: { name: 'Going to the authority', text: 'The provider has passed it and hands it to the authority soon.', action: 'See progress' },
    smsVerification: { name: 'Waiting for the SMS code', text: 'The principals get a text message from 12381 (MIIT) and must verify as it says.', action: 'How to verify' },
    smsFailed: { name: 'SMS verification not done', text: 'It timed out or was answered wrongly. See that the principals can get text messages, then submit again; if a number is wrong, contact the provider.', action: 'Submit again' },
    authorityReview: { name: "In the authority's review", text: 'The authority has it and reviews it.', action: 'See progress' },
    authorityRejected: { name: 'Rejected by the authority', text: 'Correct what the authority found and submit again.', action: 'Correct it' },
    approved: { name: 'Filed', text: 'The filing is approved. Show its number at the foot of the website.', action: 'See the numbers' },
    abandoned: { name: 'Given up', text: 'This filing was given up. Its content can be copied into a new one.', action: 'Look at it' },
  },
};

export const stateTexts: Texts<StateTexts> = { 'zh-CN': zh, en };
