// A phone with the mini program open, driven as a person would: taps, typing, file choosers.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const output = resolve(import.meta.dirname, '../../test-output');

let browser = null;

/** One browser for a file of tests. */
export async function openBrowser() {
  // The promise, not the browser: two phones opened at once share it.
  browser ??= chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'] });
  return browser;
}

export async function closeBrowser() {
  await (await browser)?.close();
  browser = null;
}

/** Options: user, device, font (2 doubles WeChat's font), dark, language, path, storageState of others. Two phones of one user share a context only when it is given. */
export async function openPhone(hostUrl, { user, device = '1', font = 1, dark = false, language = 'zh_CN', path = '', context = null, storageState } = {}) {
  const held =
    context ??
    (await (await openBrowser()).newContext({
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 1,
      isMobile: true,
      hasTouch: true,
      locale: language.replace('_', '-'),
      colorScheme: dark ? 'dark' : 'light',
      storageState,
    }));
  const page = await held.newPage();
  page.setDefaultTimeout(15_000);
  const query = new URLSearchParams({ bare: '1', user, device, font: String(font), language, ...(path ? { path } : {}) });
  await page.goto(`${hostUrl}/?${query}`);
  return new Phone(page, held, { user, device, font, dark, language });
}

export class Phone {
  constructor(page, context, settings) {
    this.page = page;
    this.context = context;
    this.settings = settings;
  }

  /** The page on top; pages below stay in the DOM. */
  get top() {
    return this.page.locator('.mp-page:not(.mp-hidden)');
  }

  at(testId) {
    return this.top.getByTestId(testId);
  }

  async on(route) {
    try {
      await this.page.waitForSelector(`#app[data-route="pages/${route}/index"]`);
    } catch (error) {
      await this.shot(`failed-${this.settings.user}`);
      const [seen, text, errors] = [await this.route(), await this.page.locator('#phone').innerText(), await this.page.evaluate(() => window.__mpErrors)];
      throw new Error(`${route} was expected, not ${seen}: ${text.slice(-600)}\n${errors.join('\n')}`, { cause: error });
    }
  }

  route() {
    return this.page.locator('#app').getAttribute('data-route');
  }

  /** Waits for something on the page; what is there instead is in the error. */
  async see(testId) {
    try {
      await this.at(testId).first().waitFor();
    } catch (error) {
      await this.shot(`failed-${this.settings.user}`);
      throw new Error(`${testId} was expected on ${await this.route()}: ${(await this.page.locator('#phone').innerText()).slice(0, 900)}`, { cause: error });
    }
  }

  async tap(testId) {
    await this.at(testId).first().tap();
  }

  /** Types as a person does, over what is there. */
  async type(testId, text) {
    const field = this.at(testId).locator('input, textarea').or(this.top.locator(`input[data-testid="${testId}"], textarea[data-testid="${testId}"]`)).first();
    await field.tap();
    await field.fill(text);
    await field.blur();
  }

  /** What stands in a text field. */
  held(testId) {
    return this.at(testId).locator('input, textarea').first().inputValue();
  }

  /** Opens a choice and takes one or several options of its sheet. */
  async choose(testId, ...options) {
    await this.tap(testId);
    for (const option of options) {
      await this.top.getByRole('option', { name: option, exact: true }).first().tap();
    }
    if (options.length > 1 || (await this.at('sheet-done').count()) > 0) {
      await this.tap('sheet-done');
    }
  }

  /** A date picker: its sheet is a field of the browser's own. */
  async pickDate(testId, date) {
    await this.tap(testId);
    const sheet = this.page.getByRole('dialog').last();
    await sheet.locator('input[type="date"]').fill(date);
    await sheet.getByRole('button', { name: '确定' }).tap();
  }

  /** source: the entry of the sheet that asks where from; none where a tap leads to the camera or album at once. */
  async pickFile(testId, file, source = null) {
    // A tap on something that is redrawn in that moment is lost, on a phone as well: then one taps again.
    const patience = source === null ? [5000, 15000] : [15000];
    for (const [attempt, timeout] of patience.entries()) {
      const chosen = this.page.waitForEvent('filechooser', { timeout }).catch((error) => {
        if (attempt + 1 < patience.length) {
          return null;
        }
        throw error;
      });
      await this.tap(testId);
      if (source !== null) {
        await this.page.getByRole('option', { name: source, exact: true }).tap();
      }
      const chooser = await chosen;
      if (chooser !== null) {
        await chooser.setFiles(file);
        return;
      }
    }
  }

  /** Everything typed is on the server. */
  async saved() {
    await this.top.locator('[data-testid="save-mark"][data-state="saved"]').first().waitFor();
  }

  /** Answers wx.showModal. */
  async answer(name, text = null) {
    const dialog = this.page.getByRole('dialog').last();
    if (text !== null) {
      await dialog.locator('input, textarea').fill(text);
    }
    await dialog.getByRole('button', { name, exact: true }).tap();
  }

  /** The button that WeChat shows on a first page that is not the home page. */
  async home() {
    await this.page.locator('.mp-page:not(.mp-hidden) .mp-home').tap();
    await this.on('home');
  }

  /** As if WeChat had ended the program and the person opened it again at a page. */
  async reopen(path = '', values = {}) {
    const address = new URL(this.page.url());
    const query = new URLSearchParams({ bare: '1', user: this.settings.user, device: this.settings.device, font: String(this.settings.font), language: this.settings.language, ...(path ? { path } : {}), ...values });
    await this.page.goto(`${address.origin}/?${query}`);
  }

  network(type) {
    return this.page.evaluate((to) => window.mock.network(to), type);
  }

  async shot(name) {
    await mkdir(output, { recursive: true });
    const { font, dark, language } = this.settings;
    await this.page.screenshot({ path: `${output}/${name}${font > 1 ? '-large' : ''}${dark ? '-dark' : ''}${language === 'en' ? '-en' : ''}.png` });
  }

  /** A screenshot to look at, and what a machine can see of it: accessibility, nothing wider than the phone, no code shown to a person. */
  async look(name) {
    await this.page.waitForTimeout(150);
    await this.shot(name);
    const wide = await this.page.evaluate(widerThanThePhone);
    assert.deepEqual(wide, [], `${name}: wider than the phone`);
    const text = await this.top.innerText();
    assert.doesNotMatch(text, /undefined|\bnull\b|NaN|\[object|\{\{|\b[a-z]+[a-z]\.[a-z]+[A-Z]\w+|\b[a-z]{4,}([A-Z][a-z]{2,})+\b/, `${name}: raw values on screen`);
    const found = await this.accessibility();
    assert.deepEqual(found, [], `${name}: accessibility`);
  }

  async accessibility() {
    if (!(await this.page.evaluate(() => 'axe' in window))) {
      await this.page.evaluate(axe);
    }
    return this.page.evaluate(async () => {
      const { violations } = await window.axe.run(document.querySelector('#app'), { resultTypes: ['violations'] });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
    });
  }

  /** What must hold at the end of every journey: no error, no call of wx that the host does not know. */
  async clean() {
    assert.deepEqual(await this.page.evaluate(() => window.__mpErrors), [], 'errors of the mini program');
    assert.deepEqual(await this.page.evaluate(() => [...window.mock.missing]), [], 'calls of wx that the host lacks');
  }

  async close() {
    await this.context.close();
  }
}

/** Runs in the browser: elements with text or controls that stick out to the right. */
function widerThanThePhone() {
  const top = document.querySelector('.mp-page:not(.mp-hidden)');
  const limit = top.getBoundingClientRect().right + 1;
  return [...top.querySelectorAll('*')]
    .filter((element) => element.getClientRects().length > 0 && element.getBoundingClientRect().right > limit && !element.closest('[data-scroll-x]'))
    .slice(0, 5)
    .map((element) => `${element.tagName}.${element.className}: ${(element.textContent ?? '').trim().slice(0, 40)}`);
}
