/** Asks again and again, each time after twice as long up to eight seconds, until told that it is enough or two minutes have passed. */
export class Polling {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private waited = 0;
  private round = 0;

  /** ask answers true when there is nothing more to wait for; givenUp is called when the time has passed. What ask throws ends nothing. */
  constructor(
    private readonly ask: () => Promise<boolean>,
    private readonly givenUp: () => void = () => {},
    private readonly limit = 120_000,
  ) {}

  /** Begins anew. */
  start(): void {
    this.stop();
    this.waited = 0;
    this.round = 0;
    this.plan();
  }

  /** Lets a wait that is under way go on. */
  startUnlessRunning(): void {
    if (this.timer === null) {
      this.start();
    }
  }

  stop(): void {
    if (this.timer !== null) {
      clearTimeout(this.timer);
      this.timer = null;
    }
  }

  private plan(): void {
    const pause = Math.min(8_000, 2_000 * 2 ** this.round);
    this.round += 1;
    this.waited += pause;
    const timer = setTimeout(() => void this.run(timer), pause);
    this.timer = timer;
  }

  private async run(timer: ReturnType<typeof setTimeout>): Promise<void> {
    const done = await this.ask().catch(() => false);
    if (this.timer !== timer) {
      return;
    }
    this.timer = null;
    if (done) {
      return;
    }
    if (this.waited >= this.limit) {
      this.givenUp();
    } else {
      this.plan();
    }
  }
}
