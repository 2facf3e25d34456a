import { formTexts } from '../../i18n/form';
import { fill, texts } from '../../i18n/index';
import type { Choice } from '../../services/choices';

interface Approval {
  readonly type: string;
  readonly number?: string | null;
}

interface Row {
  readonly id: string;
  readonly text: string;
  readonly note: string;
  readonly chosen: boolean;
  readonly numbered: boolean;
  readonly number: string;
  readonly numberLabel: string;
}

const none = 'none';

/** Which pre-approvals (前置审批) a site has, each with its number, or that none applies. Event: change { value: [{ type, number }] }. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: { label: String, disabled: Boolean, choices: { type: Array, value: [] as Choice[] }, value: { type: Array, value: [] as Approval[] } },
  data: { t: texts(formTexts), rows: [] as Row[] },
  observers: {
    'choices, value'(choices: Choice[], value: Approval[]) {
      const t = texts(formTexts);
      const all = choices.some((choice) => choice.value === none) ? choices : [{ value: none, text: t.none, note: '' }, ...choices];
      this.setData({
        rows: all.map((choice) => {
          const held = value.find((approval) => approval.type === choice.value);
          return {
            id: String(choice.value),
            text: choice.text,
            note: held && choice.value !== none ? choice.note : '',
            chosen: held !== undefined,
            numbered: choice.value !== none,
            number: held?.number ?? '',
            numberLabel: fill(t.approvalNumberOf, { name: choice.text }),
          };
        }),
      });
    },
  },
  methods: {
    toggle(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
      if (this.data.disabled) {
        return;
      }
      const { id } = event.currentTarget.dataset;
      const held = this.data.value as Approval[];
      const without = held.filter((approval) => approval.type !== id && (id === none ? false : approval.type !== none));
      this.triggerEvent('change', { value: held.some((approval) => approval.type === id) ? without : [...without, { type: id }] });
    },
    number(event: WechatMiniprogram.Input<{ id: string }>) {
      const { id } = event.currentTarget.dataset;
      const number = event.detail.value;
      this.triggerEvent('change', { value: (this.data.value as Approval[]).map((approval) => (approval.type === id ? { type: id, number } : approval)) });
    },
  },
});
