// The keepers of this program: one per step of a filing, however many pages show it, living on until the server has everything.
import { api, userId } from './api';
import { DraftKeeper } from './drafts';
import { createLane, type Lane } from './drafts-lane';
import { draftedSteps, draftKey } from './drafts-store';
import { getFiling, onFiling, tell } from './filings';
import { onReconnect } from './network';
import { stepPage, stepPlace } from './steps';
import type { Filing, FormStep, StepValue } from './types';

/** Keeps what is typed in one step. */
export interface Keeper {
  readonly value: StepValue;
  readonly state: string;
  readonly savedAt: number | null;
  readonly storageFull: boolean;
  readonly refusals: readonly { readonly pointer: string; readonly message: string }[];
  readonly conflicts: readonly { readonly pointer: string; readonly mine: unknown; readonly theirs: unknown }[];
  edit(pointer: string, value: unknown): void;
  follow(filing: Filing): void;
  /** True when the server has everything. `again`: sends also what it already has, so that it is checked once more. */
  flush(again?: boolean): Promise<boolean>;
  resolve(pointer: string, side: 'mine' | 'theirs'): void;
  discard(): void;
  close(): void;
}

interface Live {
  readonly filingId: string;
  readonly step: FormStep;
  readonly siteId: string | null;
  readonly keeper: DraftKeeper<Filing>;
  readonly watchers: Set<() => void>;
}

const live = new Map<string, Live>();
const lanes = new Map<string, Lane>();

/** A resource's kind and its id or code belong together. */
const whole = ['/resource'];

export async function openKeeper(filing: Filing, step: FormStep, siteId: string | null, changed: () => void): Promise<Keeper> {
  const one = liveKeeper(filing, step, siteId);
  const { keeper, watchers } = one;
  watchers.add(changed);
  return {
    get value() {
      return keeper.value;
    },
    get state() {
      return keeper.state;
    },
    get savedAt() {
      return keeper.savedAt;
    },
    get storageFull() {
      return keeper.storageFull;
    },
    get refusals() {
      return keeper.refusals;
    },
    get conflicts() {
      return keeper.conflicts;
    },
    edit: (pointer, value) => keeper.edit(pointer, value),
    follow: (newer) => keeper.follow(newer),
    flush: (again) => keeper.flush(again),
    resolve: (pointer, side) => keeper.resolve(pointer, side),
    discard: () => keeper.discard(),
    close: () => {
      watchers.delete(changed);
      void keeper.flush().then(leaveClean, leaveClean);
    },
  };
}

/** Sends what the phone still holds of a filing, whatever page it was typed on; true when the server has everything. */
export async function flushFiling(filing: Filing): Promise<boolean> {
  takeUpDrafts(filing);
  const all = [...live.values()].filter((one) => one.filingId === filing.id);
  const saved = await Promise.all(all.map((one) => one.keeper.flush()));
  leaveClean();
  return saved.every((clean) => clean);
}

/** A keeper for each step with something on the phone only. */
function takeUpDrafts(filing: Filing): void {
  for (const name of draftedSteps(wx, userId(), filing.id)) {
    const [step, siteId = null] = name.split('/') as [FormStep, string | undefined];
    if (stepPlace(filing, step, siteId) !== null) {
      liveKeeper(filing, step, siteId);
    } else {
      dropDraft(draftKey(userId(), filing.id, name));
    }
  }
}

/** Pointers into the filing where this phone and another one wrote different things, and nobody has chosen yet. */
export function conflictsOf(filing: Filing): string[] {
  if (filing.editable === 'nothing') {
    return [];
  }

  takeUpDrafts(filing);
  return [...live.values()].filter((one) => one.filingId === filing.id).flatMap(({ keeper, step, siteId }) => {
    const place = stepPlace(filing, step, siteId);
    return place === null ? [] : keeper.conflicts.map((conflict) => place.pointer + conflict.pointer);
  });
}

/** What was typed of a site that is no more can be saved nowhere. */
function dropDraft(key: string): void {
  live.get(key)?.keeper.stop();
  live.delete(key);
  wx.removeStorageSync(key);
}

/** The filing as the server has it, once it has what pages of this phone still held of it. */
export async function wholeFiling(filingId: string): Promise<Filing> {
  const filing = await getFiling(filingId);
  if (draftedSteps(wx, userId(), filingId).length === 0) {
    return filing;
  }

  await flushFiling(filing);
  return getFiling(filingId);
}

/** Whether something typed in a filing is on this phone only. */
export const hasDrafts = (filing: Filing): boolean => draftedSteps(wx, userId(), filing.id).length > 0;

/** The page of the first step with something on this phone only, where it can be settled; null for none. */
export function draftPage(filing: Filing): string | null {
  const [first] = draftedSteps(wx, userId(), filing.id);
  const [step, siteId] = first?.split('/') ?? [];
  return step ? stepPage(filing.id, step, siteId) : null;
}

/** What a closed program left on the phone is sent as soon as its filing is seen again, whatever page shows it. */
export function takeUpLeftDrafts(): void {
  const seen = new Set<string>();
  onFiling((filing) => {
    const key = draftKey(userId(), filing.id, '');
    if (!seen.has(key) && filing.editable !== 'nothing') {
      seen.add(key);
      void flushFiling(filing).catch(() => undefined);
    }
  });
}

function liveKeeper(filing: Filing, step: FormStep, siteId: string | null): Live {
  listenToThePhone();
  const key = draftKey(userId(), filing.id, siteId === null ? step : `${step}/${siteId}`);
  const known = live.get(key);
  if (known) {
    known.keeper.follow(filing);
    known.keeper.wake();
    return known;
  }

  const watchers = new Set<() => void>();
  const keeper = new DraftKeeper<Filing>({
    key,
    storage: wx,
    lane: laneOf(filing.id),
    valueOf: (newer) => stepPlace(newer, step, siteId)?.value ?? null,
    send: (value, version) => putStep(filing.id, step, siteId, value, version),
    load: async () => (await api.get('/api/v1/filings/{filingId}', { path: { filingId: filing.id } })).data,
    onFiling: tell,
    onState: () => [...watchers].forEach((changed) => changed()),
    whole,
  }, filing);
  const one = { filingId: filing.id, step, siteId, keeper, watchers };
  live.set(key, one);
  return one;
}

async function putStep(filingId: string, step: FormStep, siteId: string | null, body: StepValue, ifMatch: number): Promise<Filing> {
  const path = { filingId };
  const site = { filingId, siteId: siteId ?? '' };
  switch (step) {
    case 'verification':
      return (await api.put('/api/v1/filings/{filingId}/verification', { path, body, ifMatch })).data;
    case 'subject':
      return (await api.put('/api/v1/filings/{filingId}/subject', { path, body, ifMatch })).data;
    case 'subjectPrincipal':
      return (await api.put('/api/v1/filings/{filingId}/subject/principal', { path, body, ifMatch })).data;
    case 'site':
      return (await api.put('/api/v1/filings/{filingId}/sites/{siteId}', { path: site, body, ifMatch })).data;
    case 'sitePrincipal':
      return (await api.put('/api/v1/filings/{filingId}/sites/{siteId}/principal', { path: site, body, ifMatch })).data;
  }
}

function laneOf(filingId: string): Lane {
  const lane = lanes.get(filingId) ?? createLane();
  lanes.set(filingId, lane);
  return lane;
}

/** A keeper that nobody looks at and that has nothing left to save is let go. */
function leaveClean(): void {
  for (const [key, { keeper, watchers }] of live) {
    if (watchers.size === 0 && keeper.clean) {
      keeper.stop();
      live.delete(key);
    }
  }
}

let listening = false;

function listenToThePhone(): void {
  if (listening) {
    return;
  }

  listening = true;
  const wake = () => [...live.values()].forEach((one) => one.keeper.wake());
  onReconnect(wake);
  wx.onAppShow(wake);
}
