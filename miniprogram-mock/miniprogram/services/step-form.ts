import type { ConflictItem } from '../components/conflict-sheet/index';
import { formTexts } from '../i18n/form';
import { texts } from '../i18n/index';
import { choicesOf, type Choice, type ChoiceContext } from './choices';
import { timeOfDay } from './dates';
import { getFiling, onFiling } from './filings';
import { formFields, valueText, whyLocked, wordOf, type FormField } from './forms';
import { openKeeper, type Keeper } from './keepers';
import { natureChange, naturePointer, type NatureChange } from './nature-change';
import { compare } from './ocr';
import { valueAt } from './pointers';
import { outlook } from './reference';
import { stepPlace } from './steps';
import type { FieldOutlook, Filing, FormStep, StepValue } from './types';

/** What a form shows at one moment. */
export interface FormScreen {
  readonly filing: Filing;
  readonly value: StepValue;
  readonly fields: FormField[];
  readonly approvalChoices: Choice[];
  readonly mark: { state: string; savedAt: string; storageFull: boolean; refusal: string };
  readonly conflicts: ConflictItem[];
  /** What was read off a picture and differs from what is typed. */
  readonly readings: ConflictItem[];
  /** Why nothing of it can be changed; empty when something can. */
  readonly locked: string;
}

/** Only the labels of the verification are asked for before a province and a nature are chosen; they are the same everywhere. */
const anyProvince = '110000';
const anyNature = 4;

/** One step of a filing on a screen: keeps what is typed, and works out what each field shows. */
export class StepForm {
  private readonly touched = new Set<string>();
  private readonly choicesAt = new Map<string, readonly Choice[]>();
  private read: readonly (readonly [string, unknown])[] = [];
  private missingShown = false;
  private asked = false;
  /** The text field somebody types in, and the value it was given last: a value set while typing could take letters back. */
  private typing: { pointer: string; given: unknown } | null = null;
  private keeper!: Keeper;
  private fields: readonly FieldOutlook[] = [];
  private stop = () => {};

  private constructor(
    private filing: Filing,
    private readonly step: FormStep,
    private readonly siteId: string | null,
    private readonly shown: (screen: FormScreen) => void,
    private readonly gone: () => void,
  ) {}

  /** Null when the filing has no such site any more; gone is called when that happens later. Throws what the API throws. */
  static async open(filingId: string, step: FormStep, siteId: string | null, show: (screen: FormScreen) => void, gone: () => void): Promise<StepForm | null> {
    const filing = await getFiling(filingId);
    if (stepPlace(filing, step, siteId) === null) {
      return null;
    }
    const form = new StepForm(filing, step, siteId, show, gone);
    form.keeper = await openKeeper(filing, step, siteId, () => form.kept());
    form.stop = onFiling((newer) => form.follow(newer));
    await form.loadFields();
    form.show();
    return form;
  }

  close(): void {
    this.stop();
    this.keeper.close();
  }

  /** A change by hand. typing: in a text field that keeps the focus. */
  edit(pointer: string, value: unknown, typing = false): void {
    if (typing && this.typing?.pointer !== pointer) {
      this.typing = { pointer, given: valueAt(this.keeper.value, pointer) ?? '' };
    } else if (!typing) {
      this.typing = null;
      this.touched.add(pointer);
    }
    this.keeper.edit(pointer, value === '' ? undefined : value);
    this.followOwn(pointer);
    this.show();
  }

  /** The field was left: from now on it may be called missing. */
  touch(pointer: string): void {
    this.typing = null;
    this.touched.add(pointer);
    this.show();
  }

  showMissing(missingShown: boolean): void {
    this.missingShown = missingShown;
    this.show();
  }

  flush(): Promise<boolean> {
    return this.keeper.flush();
  }

  resolve(pointer: string, side: 'mine' | 'theirs'): void {
    this.keeper.resolve(pointer, side);
  }

  discard(): void {
    this.keeper.discard();
    this.show();
  }

  choices(field: FormField): Promise<readonly Choice[]> {
    return choicesOf(field.set, field.pointer.split('/').pop()!, this.context());
  }

  /** Fills empty fields with what was read; what differs from what is typed is shown beside it, to be chosen. */
  takeOver(values: Readonly<Record<string, unknown>>): void {
    const { fresh, differing } = compare(values, this.keeper.value);
    fresh.forEach(([pointer, value]) => this.edit(pointer, value));
    this.read = differing;
    this.show();
  }

  /** What stands after a reading; theirs is what was read. Without a pointer it is the answer for all that is still asked. */
  settleRead(pointer: string, side: 'mine' | 'theirs'): void {
    const settled = this.read.filter(([at]) => pointer === '' || at === pointer);
    this.read = this.read.filter((one) => !settled.includes(one));
    if (side === 'theirs') {
      settled.forEach(([at, value]) => this.edit(at, value));
    }
    this.show();
  }

  /** What taking that choice does to other fields, to be asked about first; null for nothing worth a question. */
  async consequence(pointer: string, value: unknown): Promise<NatureChange | null> {
    if (this.step !== 'verification' || pointer !== naturePointer || value === valueAt(this.keeper.value, pointer)) {
      return null;
    }
    const after = await this.outlookAt(this.context().province, value as number).catch(() => null);
    return natureChange({ filing: this.filing, value: this.keeper.value, fields: this.fields }, value as number, after);
  }

  private get prefix(): string {
    return stepPlace(this.filing, this.step, this.siteId)?.pointer ?? '';
  }

  private label(pointer: string): string {
    return this.visible().find((field) => field.pointer === pointer)?.label ?? pointer;
  }

  private context(): ChoiceContext {
    const at = (pointer: string): unknown => valueAt(this.keeper.value, pointer);
    const { verification } = this.filing;
    return {
      nature: (this.step === 'verification' ? (at('/subjectNature') as number | undefined) : verification?.subjectNature) ?? null,
      province: ((at('/region/province') as string | undefined) ?? verification?.region?.province) ?? null,
      city: ((at('/region/city') as string | undefined) ?? verification?.region?.city) ?? null,
      person: this.step === 'subjectPrincipal' || this.step === 'sitePrincipal' || this.step === 'subject',
    };
  }

  private async outlookAt(province: string | null, nature: number | null): Promise<readonly FieldOutlook[]> {
    const { fields } = await outlook(province ?? anyProvince, nature ?? anyNature, this.filing.kind ?? (this.filing.subjectId ? 'addSite' : 'firstFiling'));
    return fields;
  }

  private async loadFields(): Promise<void> {
    const { province, nature } = this.context();
    this.fields = await this.outlookAt(province, nature);
    await Promise.all(
      this.visible()
        .filter((field) => field.set !== '')
        .map(async (field) => this.choicesAt.set(field.pointer, await this.choices(field))),
    );
  }

  /** What hangs on a field is chosen anew when it changes. */
  private followOwn(pointer: string): void {
    if (pointer === '/region/province') {
      this.keeper.edit('/region/city', undefined);
    }
    if (pointer === '/region/province' || pointer === '/region/city') {
      this.keeper.edit('/region/district', undefined);
    }
    if (/^\/(region|subjectNature)/.test(pointer)) {
      void this.loadFields().then(
        () => this.show(),
        () => undefined,
      );
    }
  }

  /** A refused save of a site may mean that another phone deleted it. */
  private kept(): void {
    if (this.keeper.state === 'refused' && this.siteId !== null && !this.asked) {
      this.asked = true;
      void getFiling(this.filing.id).catch(() => undefined);
    }
    this.show();
  }

  private follow(newer: Filing): void {
    if (newer.id === this.filing.id && newer.version >= this.filing.version) {
      if (stepPlace(newer, this.step, this.siteId) === null) {
        this.gone();
        return;
      }
      this.filing = newer;
      this.keeper.follow(newer);
      this.show();
    }
  }

  private visible(): FormField[] {
    return formFields(this.fields, this.step, this.prefix, this.filing, {
      value: this.keeper.value,
      touched: this.touched,
      showMissing: this.missingShown,
      refusals: this.keeper.refusals,
      words: (pointer, value) => wordOf(this.choicesAt.get(pointer), value),
      longTermText: texts(formTexts).longTerm,
    }).map((field) => (field.pointer === this.typing?.pointer ? { ...field, value: this.typing.given } : field));
  }

  private show(): void {
    if (this.fields.length === 0) {
      return;
    }
    const fields = this.visible();
    const { state, savedAt, storageFull, refusals, conflicts, value } = this.keeper;
    const pair = (pointer: string, own: unknown, other: unknown): ConflictItem => {
      const word = (held: unknown) => valueText(this.choicesAt.get(pointer), held);
      return { pointer, label: this.label(pointer), mine: word(own), theirs: word(other) };
    };
    this.shown({
      filing: this.filing,
      locked: whyLocked(this.filing, fields),
      value,
      fields,
      approvalChoices: [...(this.choicesAt.get('/preApprovals') ?? [])],
      mark: { state, savedAt: savedAt === null ? '' : timeOfDay(savedAt), storageFull, refusal: refusals.map((refusal) => refusal.message).join('\n') },
      conflicts: conflicts.map(({ pointer, mine, theirs }) => pair(pointer, mine, theirs)),
      readings: this.read.map(([pointer, other]) => pair(pointer, valueAt(value, pointer), other)),
    });
  }
}
