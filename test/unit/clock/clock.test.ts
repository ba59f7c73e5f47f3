// Both clocks behave alike; the one that is moved by hand ends pauses in order and in no time.
import { expect } from 'chai';
import sinon from 'sinon';
import type { EpochMs } from '@wattlock/core';
import { every, machineClock, ManualClock, waitFor, type Clock } from '@wattlock/gateway';

const START = Date.UTC(2026, 0, 1);

/** A clock and what moves it. */
interface Moved {
  readonly clock: Clock;
  advance(ms: number): Promise<void>;
}

const FORMS: Readonly<Record<string, () => Moved & { end(): void }>> = {
  'the machine’s clock': () => {
    const fake = sinon.useFakeTimers({
      now: START,
      toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'],
    });
    return {
      clock: machineClock,
      advance: async (ms) => {
        await fake.tickAsync(ms);
      },
      end: () => {
        fake.restore();
      },
    };
  },
  'a clock moved by hand': () => {
    const clock = new ManualClock(START);
    return { clock, advance: (ms) => clock.advance(ms), end: () => undefined };
  },
};

for (const [name, open] of Object.entries(FORMS)) {
  describe(name, () => {
    let form: ReturnType<typeof open>;
    beforeEach(() => {
      form = open();
    });
    afterEach(() => {
      form.end();
    });

    it('ends pauses in the order of their instants, each at its own', async () => {
      const ended: [string, number][] = [];
      const pause = async (label: string, ms: number): Promise<void> => {
        await form.clock.sleep(ms);
        ended.push([label, form.clock.now() - START]);
      };
      const all = Promise.all([pause('late', 300), pause('early', 100), pause('between', 200)]);
      await form.advance(1_000);
      await all;
      expect(ended).to.deep.equal([
        ['early', 100],
        ['between', 200],
        ['late', 300],
      ]);
    });

    it('measures lengths by another scale than dates', async () => {
      const begun = form.clock.monotonic();
      await form.advance(250);
      expect(form.clock.monotonic() - begun).to.equal(250);
      expect(form.clock.now()).to.equal(START + 250);
    });

    it('reaches an instant that is weeks away, beyond the longest timer', async () => {
      const instant = (START + 40 * 86_400_000) as EpochMs;
      let reached = false;
      const waiting = form.clock.until(instant).then(() => (reached = true));
      await form.advance(40 * 86_400_000 - 1);
      expect(reached).to.equal(false);
      await form.advance(1);
      await waiting;
    });

    it('does nothing after a cancelled timer', async () => {
      const work = sinon.spy();
      form.clock.after(100, work)();
      form.clock.after(200, work);
      await form.advance(1_000);
      expect(work.callCount).to.equal(1);
    });

    it('ends a pause at once when its signal is aborted, and begins none afterwards', async () => {
      const abort = new AbortController();
      const reason = new Error('enough');
      const paused = form.clock.sleep(1_000, abort.signal).catch((error: unknown) => error);
      abort.abort(reason);
      expect(await paused).to.equal(reason);
      const late = form.clock.until((START + 1_000) as EpochMs, abort.signal);
      expect(await late.catch((error: unknown) => error)).to.equal(reason);
    });
  });
}

describe('waiting for what cannot announce itself', () => {
  it('asks until there is an answer', async () => {
    const clock = new ManualClock(START);
    const ask = sinon.stub<[], string | undefined>();
    ask.onCall(3).returns('there');
    const answer = waitFor(clock, ask, { everyMs: 10, withinMs: 1_000 });
    await clock.advance(1_000);
    expect(await answer).to.equal('there');
    expect(ask.callCount).to.equal(4);
  });

  it('gives up in time, and has asked at its very end', async () => {
    const clock = new ManualClock(START);
    const asked: number[] = [];
    const ask = (): string | undefined => {
      asked.push(clock.monotonic());
      return undefined;
    };
    const answer = waitFor(clock, ask, { everyMs: 40, withinMs: 100 });
    await clock.advance(1_000);
    expect(await answer).to.equal(undefined);
    expect(asked).to.deep.equal([0, 40, 80, 120]);
  });

  it('works time and again until it is told to stop, and never twice at once', async () => {
    const clock = new ManualClock(START);
    const abort = new AbortController();
    const begun: number[] = [];
    const working = every(
      clock,
      100,
      async () => {
        begun.push(clock.monotonic());
        await clock.sleep(30);
      },
      abort.signal,
    );
    await clock.advance(450);
    abort.abort();
    await working;
    expect(begun).to.deep.equal([0, 130, 260, 390]);
  });

  it('stops working with the error of its work', async () => {
    const failure = new Error('broken');
    const working = every(
      new ManualClock(START),
      100,
      () => Promise.reject(failure),
      new AbortController().signal,
    );
    expect(await working.catch((error: unknown) => error)).to.equal(failure);
  });
});
