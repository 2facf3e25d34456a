// The provider's side as tests drive it: filings that applicants hand in over the API, and a reviewer's browser before the console.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { companyOf, personOf } from './identities.mjs';
import { papers } from './journeys.mjs';
import { openBrowser } from './phone.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const output = resolve(import.meta.dirname, '../../test-output');
const agreements = ['terms', 'privacy', 'filingCommitment'].map((id) => ({ id, version: '2026-11-01' }));

/** Pictures are read once for all filings. */
const pictures = Object.fromEntries(await Promise.all(Object.entries(papers).map(async ([name, file]) => [name, await readFile(file)])));

/** An applicant without a phone: a login, a company of their own, and one filing. */
export class Applicant {
  constructor(office, apiUrl, name) {
    Object.assign(this, { office, apiUrl, name, accountId: `acc-${name}`, domain: `${name}.cn`, company: companyOf(name), person: personOf(name), logins: 0 });
  }

  async call(method, path, body) {
    const answer = await fetch(`${this.apiUrl}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.token}`, ...(body instanceof FormData ? {} : { 'Content-Type': 'application/json' }) },
      body: body instanceof FormData ? body : body && JSON.stringify(body),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${answer.ok ? '' : await answer.text()}`);
    return answer.json();
  }

  async logIn() {
    this.logins += 1;
    this.token = (await this.office.send('POST', '/api/v1/auth/wechat', { code: `sandbox-${this.name}-${this.logins}` })).accessToken;
  }

  /** From the first login to the reviewer's queue. */
  async submitFirst({ siteName = '星河示例科技', remark = '展示公司的产品和联系方式' } = {}) {
    await this.logIn();
    const { id } = await this.call('GET', '/me');
    await this.office.company(this.accountId, { ...this.company, domains: [this.domain], userIds: [id] });
    const resourceId = await this.office.server(this.accountId);
    await this.logIn();
    this.id = (await this.call('POST', '/filings', {})).id;
    const { sites } = await this.call('PUT', `/filings/${this.id}/verification`, {
      region: { province: '110000', city: '110100', district: '110105' },
      subjectNature: 4,
      certificateType: 1,
      certificateNumber: this.company.certificateNumber,
      domain: this.domain,
      resource: { kind: 'resource', resourceId },
    });
    this.siteId = sites[0].id;
    await this.fill(siteName, remark);
    for (const [picture, fields] of [['idFront', { kind: 'idCard', part: 'front' }], ['idBack', { kind: 'idCard', part: 'back' }], ['licence', { kind: 'subjectCertificate' }]]) {
      await this.upload(picture, fields);
    }
    await this.submit();
    this.number = (await this.read()).number;
    return this;
  }

  async fill(siteName, remark) {
    const { name, address } = this.company;
    const { mobile, emergencyPhone, email, certificateNumber } = this.person;
    const holder = { name: this.person.name, certificateType: 2, certificateNumber };
    await this.call('PUT', `/filings/${this.id}/subject`, { name, investor: this.person.name, certificateAddress: address, mailingAddress: address, legalRepresentative: holder });
    await this.call('PUT', `/filings/${this.id}/subject/principal`, { ...holder, validFrom: '2020-05-01', validTo: '2040-05-01', mobile, emergencyPhone, email });
    await this.putSite(siteName, remark);
    await this.call('PUT', `/filings/${this.id}/sites/${this.siteId}/principal`, { sameAsSubjectPrincipal: true });
    const { url } = await this.call('POST', `/filings/${this.id}/sites/${this.siteId}/face-check`);
    if (url) {
      await fetch(url, { method: 'POST' });
    }
    await this.call('GET', `/filings/${this.id}/sites/${this.siteId}/face-check`);
  }

  putSite(name, remark) {
    const site = { name, homeUrl: `https://www.${this.domain}`, serviceContents: [8], languages: [1], preApprovals: [{ type: 'none' }], remark };
    return this.call('PUT', `/filings/${this.id}/sites/${this.siteId}`, site);
  }

  upload(picture, fields) {
    const form = new FormData();
    form.append('file', new Blob([pictures[picture]], { type: 'image/jpeg' }), `${picture}.jpg`);
    Object.entries(fields).forEach(([name, value]) => form.append(name, value));
    return this.call('POST', `/filings/${this.id}/materials`, form);
  }

  async submit() {
    await this.call('POST', `/filings/${this.id}/submission`, { agreements });
    for (let tried = 0; tried < 240 && (await this.read()).state === 'checking'; tried++) {
      await wait(250);
    }
  }

  async read() {
    this.filing = await this.call('GET', `/filings/${this.id}`);
    return this.filing;
  }

  async state() {
    return (await this.read()).state;
  }
}

/** A member of staff at the console. Options are those of a browser's context. */
export async function openDesk(apiUrl, userName, options = {}) {
  const context = await (await openBrowser()).newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const desk = new Desk(page, context, apiUrl);
  await desk.open('/console/login');
  await page.locator('input[name="userName"]').fill(userName);
  await page.locator('input[name="password"]').fill(`sandbox-${userName}`);
  return desk;
}

export class Desk {
  constructor(page, context, apiUrl) {
    Object.assign(this, { page, context, apiUrl, errors: [] });
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && !/status of 4\d\d/.test(message.text()) && this.errors.push(message.text()));
  }

  async open(path) {
    await this.page.goto(this.apiUrl + path);
  }

  filing(applicant) {
    return this.open(`/console/filings/${applicant.id}`);
  }

  /** Presses a button that sends a form, and waits for the page that answers. */
  async press(name) {
    const button = typeof name === 'string' ? this.page.getByRole('button', { name, exact: true }).first() : name;
    const answered = this.page.waitForEvent('load');
    await button.click();
    await answered;
  }

  /** Opens the box of a field where it is marked. */
  async mark(key) {
    const box = this.page.locator(`details.mark:has(input[name="reason:${key}"])`);
    if (!(await box.evaluate((element) => element.open))) {
      await box.locator('summary').click();
    }
    return box;
  }

  async tag() {
    return (await this.page.locator('.lead .tag').first().getAttribute('class')).replace('tag ', '');
  }

  /** What refuses, or empty. */
  async alert() {
    const alert = this.page.getByRole('alert');
    return (await alert.count()) > 0 ? (await alert.first().innerText()).trim() : '';
  }

  async explain() {
    for (const note of await this.page.locator('input[name^="explain:"]').all()) {
      await note.fill('已人工核对');
    }
  }

  /** A screenshot to look at, and what a machine can see of it. */
  async look(name) {
    await mkdir(output, { recursive: true });
    await this.page.screenshot({ path: `${output}/console-${name}.png`, fullPage: true });
    const text = await this.page.locator('body').innerText();
    assert.doesNotMatch(text, /undefined|\bnull\b|NaN|\[object|\{\{|\b(desk|queue|nav|sms|results|reasons)\.[a-z]+/, `${name}: raw values on the page`);
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${name}: ${wide} pixels wider than the window`);
    await this.page.evaluate(axe);
    const found = await this.page.evaluate(async () => {
      const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
      return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`);
    });
    assert.deepEqual(found, [], `${name}: accessibility`);
  }

  async close() {
    assert.deepEqual(this.errors, [], 'errors in the browser');
    await this.context.close();
  }
}
