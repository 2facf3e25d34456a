import { formTexts } from '../../i18n/form';
import { fill, texts } from '../../i18n/index';

type State = 'saved' | 'half' | 'saving' | 'unsaved' | 'offline' | 'conflict' | 'refused';

/** Whether what was typed is on the server. savedAt is a time of day to show; empty when nothing was saved here yet. half: all but what is not yet whole. */
Component({
  properties: { state: { type: String, value: 'saved' }, savedAt: String },
  data: { text: '' },
  observers: {
    'state, savedAt'(state: State, savedAt: string) {
      const t = texts(formTexts);
      this.setData({ text: state === 'saved' && savedAt ? fill(t.savedAt, { time: savedAt }) : t[state] });
    },
  },
});
