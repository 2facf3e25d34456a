import type { Texts } from './index';

const zh = {
  title: '已备案',
  subjectNumber: '主体备案号',
  siteNumber: '网站备案号',
  domain: '域名',
  principal: '负责人',
  sitePrincipal: '网站负责人',
  filedAt: '备案日期',
  approvedAt: '通过日期',
  addresses: 'IP 地址',
  accessState: { accessed: '已接入' } as Record<string, string>,
  otherAccess: '未接入',
  sites: '网站',
  copy: '复制',
  addSite: '新增网站',
  empty: '还没有已备案的主体',
  noSites: '没有接入的网站',
  footerCode: '首页底部的代码',
  footer: '请把上面的代码放在首页底部，它显示备案号并链接到 beian.miit.gov.cn。网站开通后 30 日内，还要办理公安联网备案。',
};

const en: typeof zh = {
  title: 'Filed',
  subjectNumber: 'Number of the subject',
  siteNumber: 'Number of the website',
  domain: 'Domain',
  principal: 'Principal',
  sitePrincipal: "Website's principal",
  filedAt: 'Filed on',
  approvedAt: 'Approved on',
  addresses: 'IP addresses',
  accessState: { accessed: 'Served from here' },
  otherAccess: 'Not served from here',
  sites: 'Websites',
  copy: 'Copy',
  addSite: 'Add a website',
  empty: 'Nothing is filed yet',
  noSites: 'No website is served from here',
  footerCode: 'Code for the foot of the home page',
  footer: 'Put the code above at the foot of the home page: it shows the number and leads to beian.miit.gov.cn. Within 30 days of going live the site has to be registered with public security, too.',
};

export const filedTexts: Texts<typeof zh> = { 'zh-CN': zh, en };
