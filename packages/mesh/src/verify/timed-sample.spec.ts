import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ManualClock } from '@bookinfo/testing';
import { timedSample, type Prediction, type TimedResponse } from './timed-sample.js';

const label = (name: string, delayMs: number) => (delayMs > 0 ? `${name} after ${delayMs / 1000} s` : name);

const AT_ONCE: Prediction = { outcomes: new Map([['v1', 1]]), delays: [0] };

/** A machine on which a round of control requests takes a millisecond, unless the clock jumps meanwhile. */
class Machine {
  readonly clock = new ManualClock();

  readonly sendRound = (): Promise<void> => new Promise((resolve) => this.clock.after(1, resolve));

  /** Lets time pass for all processes. */
  async run(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 50) {
      this.clock.advance(50);
      await setImmediate();
    }
  }

  /** Stops all processes. */
  stall(ms: number): void {
    this.clock.advance(ms);
  }

  async sample(prediction: Prediction, requests: number, respond: () => Promise<string>) {
    let left = requests;
    const send = async (): Promise<TimedResponse> => {
      const startedAt = this.clock.now();
      const name = await respond();
      left -= 1;
      // Lets the last control request end.
      if (left === 0) void setImmediate().then(() => this.clock.advance(1));
      return { startedAt, endedAt: this.clock.now(), labelWith: (delayMs) => label(name, delayMs) };
    };
    return timedSample(send, this.sendRound, prediction, { clock: this.clock, requests, concurrency: 1 });
  }
}

test('a response that is late while the machine stalls has the predicted outcome', async () => {
  const machine = new Machine();
  const observation = await machine.sample(AT_ONCE, 3, async () => {
    await machine.run(50);
    machine.stall(10_000);
    return 'v1';
  });
  expect(observation).toEqual({ kind: 'sampled', counts: new Map([['v1', 3]]) });
});

test('a response that is late while control requests are not has an unpredicted outcome', async () => {
  const machine = new Machine();
  const observation = await machine.sample(AT_ONCE, 3, async () => {
    await machine.run(5000);
    return 'v1';
  });
  expect(observation).toMatchObject({
    counts: new Map([['v1 after 5 s', 3]]),
    firstUnpredicted: 'v1 after 5 s',
  });
});

test('only delays of the same outcome are predicted for a response', async () => {
  const machine = new Machine();
  const outcomes = new Map([
    ['v1', 0.5],
    ['v2 after 1 s', 0.5],
  ]);
  const names = ['v1', 'v2'];
  const observation = await machine.sample({ outcomes, delays: [0, 1000] }, 2, async () => {
    await machine.run(1500);
    return names.shift() ?? '';
  });
  expect(observation).toEqual({
    kind: 'sampled',
    counts: new Map([
      ['v1', 1],
      ['v2 after 1 s', 1],
    ]),
  });
});

test('a sample is inconclusive when control requests are slower than the difference of two delays', async () => {
  const machine = new Machine();
  const outcomes = new Map([
    ['v1', 0.5],
    ['v1 after 1 s', 0.5],
  ]);
  const prediction = { outcomes, delays: [0, 1000] };
  const slow = await machine.sample(prediction, 10, async () => {
    await machine.run(50);
    machine.stall(1200);
    return 'v1';
  });
  expect(slow).toMatchObject({
    inconclusive: expect.stringMatching(
      /^\d+\.\d% of control requests took 1 s or longer, so delays/,
    ) as string,
  });
  const fast = await machine.sample(prediction, 10, async () => {
    await machine.run(1200);
    return 'v1';
  });
  expect(fast).toEqual({ kind: 'sampled', counts: new Map([['v1 after 1 s', 10]]) });
});
