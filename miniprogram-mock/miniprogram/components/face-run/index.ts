import { faceTexts } from '../../i18n/face';
import { fill, language, texts } from '../../i18n/index';
import { moment } from '../../services/dates';
import { faceGuide, handedFace, ownFace, type FaceRoute, type FaceState } from '../../services/face';
import { giveAddress } from '../../services/handoff';
import { askFor } from '../../services/permissions';
import { Polling } from '../../services/polling';
import { trouble, type Trouble } from '../../services/trouble';

type Tested = 'untested' | 'granted' | 'refused';

/** Where the check is done: kept outside the component's data, which holds no functions. */
interface Run {
  route: FaceRoute;
  polling: Polling;
  state: FaceState | null;
  /** Whether somebody was asked to do it on another phone. */
  elsewhere: boolean;
}

function startText({ status }: FaceState, here: boolean): string {
  const t = texts(faceTexts);
  if (status === 'pending') {
    return here ? t.goOn : t.startHere;
  }
  return status === 'failed' ? t.again : t.start;
}

const runs = new WeakMap<object, Run>();

/**
 * A face check on this phone: the rules of the scene, a try of camera and microphone, start, result. Of a site of one's own filing (filingId, siteId), or
 * one that was handed over (handoverId). Events: state { state } whenever the result was read, problem { code } when a start was refused.
 */
Component({
  properties: { filingId: String, siteId: String, handoverId: String, passedText: String },
  data: {
    t: texts(faceTexts),
    tones: { untested: '', granted: 'tag-good', refused: 'tag-bad' },
    loading: true,
    error: null as Trouble | null,
    guide: [] as readonly string[],
    status: '',
    pendingText: '',
    failedText: '',
    startText: '',
    canStartAnew: false,
    camera: 'untested' as Tested,
    microphone: 'untested' as Tested,
    missing: false,
    missingTitle: '',
    missingText: '',
    problem: null as Trouble | null,
    gaveUp: false,
    busy: false,
  },
  lifetimes: {
    attached() {
      const { filingId, siteId, handoverId } = this.data;
      const route = handoverId ? handedFace(handoverId) : ownFace(filingId, siteId);
      // A check on another phone may not have begun yet: until something changes there is no result to end with.
      const polling = new Polling(
        async () => {
          const before = this.data.status;
          const { status } = await this.read();
          return status !== 'pending' && status !== before;
        },
        () => this.setData({ gaveUp: true }),
      );
      runs.set(this, { route, polling, state: null, elsewhere: false });
      void this.load();
    },
    detached() {
      runs.get(this)?.polling.stop();
    },
  },
  pageLifetimes: {
    show() {
      if (this.data.status && this.data.status !== 'passed') {
        void this.look();
      }
    },
    hide() {
      runs.get(this)?.polling.stop();
    },
  },
  methods: {
    async load() {
      this.setData({ loading: true, error: null });
      try {
        const [guide] = await Promise.all([faceGuide(language()), this.read()]);
        this.setData({ loading: false, guide });
        this.goOnLooking();
      } catch (error) {
        this.setData({ loading: false, error: trouble(error) });
        this.triggerEvent('problem', { code: trouble(error).code });
      }
    },
    /** Looks at the result now, and goes on looking while it is awaited. */
    async look() {
      if (this.data.busy) {
        return;
      }
      this.setData({ gaveUp: false });
      try {
        await this.read();
        this.goOnLooking();
      } catch (error) {
        this.setData({ problem: trouble(error), gaveUp: this.data.status !== 'passed' });
      }
    },
    /** Looks until there is another result, for a check that is done on another phone. */
    watch() {
      runs.get(this)!.elsewhere = true;
      this.goOnLooking();
    },
    goOnLooking() {
      const { polling, elsewhere } = runs.get(this)!;
      const { status } = this.data;
      if (status === 'pending' || (elsewhere && status !== 'passed')) {
        polling.start();
      }
    },
    async read(): Promise<FaceState> {
      const run = runs.get(this)!;
      const state = await run.route.read();
      run.state = state;
      this.show(state);
      this.triggerEvent('state', { state });
      return state;
    },
    show(state: FaceState) {
      const { t } = this.data;
      const here = Boolean(state.url ?? state.token);
      const until = state.expiresAt ? fill(t.until, { date: moment(state.expiresAt) }) : '';
      this.setData({
        status: state.status,
        pendingText: [here ? t.pendingText : t.pendingElsewhere, until].filter(Boolean).join('\n'),
        failedText: [state.message, state.remedy].filter(Boolean).join('\n'),
        startText: startText(state, here),
        canStartAnew: state.status === 'pending' && here,
        problem: state.status === 'passed' ? null : this.data.problem,
      });
    },
    async test(): Promise<boolean> {
      const { t } = this.data;
      const camera = await askFor('scope.camera');
      const microphone = await askFor('scope.record');
      const what = [camera === 'refused' ? t.camera : '', microphone === 'refused' ? t.microphone : ''].filter(Boolean).join(t.and);
      const shown = language() === 'en' ? what.toLowerCase() : what;
      this.setData({
        camera,
        microphone,
        missing: what !== '',
        missingTitle: fill(t.refusedTitle, { what: shown }),
        missingText: fill(t.refusedText, { what: shown }),
      });
      return what === '';
    },
    async settings() {
      await wx.openSetting().catch(() => undefined);
      await this.test();
    },
    async start() {
      const state = runs.get(this)?.state;
      const open = state?.status === 'pending' && Boolean(state.url ?? state.token);
      await this.begin(open ? async () => state! : async () => runs.get(this)!.route.start());
    },
    async startAnew() {
      await this.begin(async () => runs.get(this)!.route.start());
    },
    async begin(start: () => Promise<{ url: string | null; token: string | null }>) {
      if (this.data.busy) {
        return;
      }
      this.setData({ busy: true, problem: null });
      try {
        if (await this.test()) {
          await this.open(await start());
        }
      } catch (error) {
        const problem = trouble(error);
        this.setData({ problem });
        this.triggerEvent('problem', { code: problem.code });
      } finally {
        this.setData({ busy: false });
      }
    },
    /** The provider's page, or WeChat's own check where the provider has none. */
    async open({ url, token }: { url: string | null; token: string | null }) {
      const { t } = this.data;
      if (url) {
        giveAddress(url, t.pageTitle);
        await wx.navigateTo({ url: '/pages/browser/index' });
        return;
      }
      if (!token || typeof wx.requestFacialVerify !== 'function') {
        this.setData({ problem: { title: t.unsupported, text: '', help: '', code: '' } });
        return;
      }
      await new Promise<void>((ended) => wx.requestFacialVerify({ verifyId: token, complete: () => ended() }));
      this.setData({ busy: false });
      await this.look();
    },
  },
});
