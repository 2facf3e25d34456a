import { fill, texts } from '../../i18n/index';
import { previewTexts } from '../../i18n/preview';
import type { OpenPoint } from '../../services/open-points';

const atFirst = 5;

/** A list of OpenPoints, each a way to the page where it is dealt with; of a long list the first few until asked for all. */
Component({
  properties: { points: { type: Array, value: [] as OpenPoint[] }, name: String },
  data: { shown: [] as OpenPoint[], moreText: '', all: false },
  observers: {
    'points, all'(points: OpenPoint[], all: boolean) {
      const shown = all || points.length <= atFirst + 1 ? points : points.slice(0, atFirst);
      this.setData({ shown, moreText: shown.length < points.length ? fill(texts(previewTexts).showAll, { count: points.length }) : '' });
    },
  },
  methods: {
    showAll() {
      this.setData({ all: true });
    },
  },
});
