import { journeyTexts } from '../i18n/journey';
import { fill, texts } from '../i18n/index';
import { stepPage } from './steps';
import type { Filing, Requirement } from './types';

const patienceMs = 4_000;

/** What is still to do in one step. */
export function openIn(filing: Filing, step: string, siteId: string | null): Requirement[] {
  return filing.requirements.due.filter((item) => item.step === step && (item.siteId ?? null) === siteId);
}

/** The page after a step: the next one with something left to do, else the filing itself. */
export function pageAfter(filing: Filing, step: string, siteId: string | null): string {
  const at = filing.steps.findIndex((one) => one.step === step && (one.siteId ?? null) === siteId);
  const next = filing.steps.slice(at + 1).find((one) => one.visitable && one.status !== 'locked' && one.status !== 'complete');
  return at < 0 || !next ? stepPage(filing.id, 'overview') : stepPage(filing.id, next.step, next.siteId);
}

/** A form that "save and continue" can be pressed on. */
interface FormPage {
  readonly data: { readonly filing: Filing | null; readonly siteId: string; readonly showMissing: boolean; readonly locked: boolean };
  setData(data: { showMissing?: boolean; busy?: boolean }): void;
  selectComponent(selector: string): WechatMiniprogram.Component.TrivialInstance | null;
}

/**
 * Goes on from a form. The first press names what is missing; a second one goes on all the same, since everything typed is kept.
 * What is not on the server yet stays on the phone, and is said.
 */
export async function goOn(page: FormPage, step: string): Promise<void> {
  const t = texts(journeyTexts);
  const form = page.selectComponent('#form') as unknown as { flush(): Promise<boolean> } | null;
  page.setData({ busy: true });
  const saved = form === null || (await soon(form.flush()));
  page.setData({ busy: false });
  const { filing, siteId, showMissing, locked } = page.data;
  if (filing === null) {
    return;
  }
  const open = openIn(filing, step, siteId || null);
  if (open.length > 0 && !showMissing && !locked) {
    page.setData({ showMissing: true });
    void wx.showToast({ title: fill(t.openCount, { count: open.length }), icon: 'none' });
    return;
  }
  if (!saved) {
    void wx.showToast({ title: t.notSavedYet, icon: 'none' });
  }
  void wx.redirectTo({ url: pageAfter(filing, step, siteId || null) });
}

/** Nobody waits long for a network that is not there: what was typed is on the phone. */
function soon(saved: Promise<boolean>): Promise<boolean> {
  return Promise.race([saved, new Promise<boolean>((done) => setTimeout(() => done(false), patienceMs))]);
}
