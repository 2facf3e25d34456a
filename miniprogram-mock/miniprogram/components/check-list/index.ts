import { journeyTexts } from '../../i18n/journey';
import { texts } from '../../i18n/index';
import type { components } from '../../api/schema';

type Check = components['schemas']['CheckView'];

const tones: Record<string, string> = { passed: 'tag-good', failed: 'tag-bad', unknown: 'tag-warn' };

/** What was found out about domain, certificate and resource, a line each. */
Component({
  properties: { checks: { type: Array, value: [] as Check[] }, verified: Boolean },
  data: { t: texts(journeyTexts), rows: [] as { name: string; message: string; outcome: string; tone: string }[] },
  observers: {
    checks(checks: Check[]) {
      const t = texts(journeyTexts);
      this.setData({
        rows: checks.map((check) => ({
          name: t.checks[check.check] ?? t.checksTitle,
          message: check.message ?? '',
          outcome: t.outcome[check.outcome] ?? t.checking,
          tone: tones[check.outcome] ?? 'tag-info',
        })),
      });
    },
  },
});
