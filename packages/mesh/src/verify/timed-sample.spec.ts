import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ManualClock, seededRandom } from '@bookinfo/testing';
import type { PredictedOutcome } from './predicted-outcome.js';
import { timedSample } from './timed-sample.js';
import type { TimedResponse } from './timed-response.js';

const label = (name: string, delayMs: number) => (delayMs > 0 ? `${name} after ${delayMs / 1000} s` : name);
const AT_ONCE: PredictedOutcome[] = [{ label: 'v1', share: 1, delayMs: 0, response: 'v1' }];
const DELAYED: PredictedOutcome[] = [0, 2000].map((delayMs) => ({
  label: label('v1', delayMs),
  share: 0.5,
  delayMs,
  response: 'v1',
}));

/** A machine whose requests and control requests take as long as these functions say, in milliseconds. */
async function sample(
  predicted: PredictedOutcome[],
  { response, control = () => 1 }: { response: () => { name?: string; ms: number }; control?: () => number },
) {
  const clock = new ManualClock();
  let sent = 0;
  const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  const send = async (): Promise<TimedResponse> => {
    sent += 1;
    const startedAt = clock.now();
    const { name = 'v1', ms } = response();
    await wait(ms);
    return { startedAt, endedAt: clock.now(), labelWith: (delayMs) => label(name, delayMs) };
  };
  const trial = { send, sendRound: () => wait(control()), predicted, lateMs: 1000 };
  const options = { clock, random: seededRandom(5), requests: 50, confirming: 200, concurrency: 8 };
  const over = new AbortController();
  const observing = timedSample(trial, options).finally(() => over.abort());
  while (!over.signal.aborted) {
    clock.advance(1);
    await setImmediate();
  }
  return { observation: await observing, sent };
}

test('a sample with the predicted times needs no control requests', async () => {
  const { observation, sent } = await sample(AT_ONCE, { response: () => ({ ms: 3 }) });
  expect(observation).toEqual({ kind: 'sampled', counts: new Map([['v1', 50]]) });
  expect(sent).toBe(50);
});

test('one late response leads to a second sample, which is compared with control requests', async () => {
  let responses = 0;
  const { observation, sent } = await sample(AT_ONCE, {
    response: () => ({ ms: (responses += 1) === 7 ? 1500 : 3 }),
  });
  expect(observation).toEqual({
    kind: 'sampled',
    counts: new Map([['v1', 200]]),
    timing: {
      late: 0,
      requests: 200,
      lateControls: 0,
      controls: 400,
      lateMs: 1000,
      excluded: 0,
      displacedControls: 0,
    },
  });
  expect(sent).toBe(250);
});

test('a control request is late from half the limit', async () => {
  const { observation } = await sample(AT_ONCE, { response: () => ({ ms: 1500 }), control: () => 500 });
  expect(observation).toMatchObject({ timing: { late: 200, lateControls: 400 } });
  const { observation: quicker } = await sample(AT_ONCE, {
    response: () => ({ ms: 1500 }),
    control: () => 490,
  });
  expect(quicker).toMatchObject({ timing: { late: 200, lateControls: 0 } });
});

test('late responses that are not predicted, such as timeouts, are excluded from the second sample', async () => {
  const { observation } = await sample(AT_ONCE, { response: () => ({ name: '504', ms: 1200 }) });
  expect(observation).toMatchObject({ counts: new Map(), timing: { late: 200, excluded: 200 } });
});

test('an unpredicted outcome in time refutes the first sample, without a second', async () => {
  const random = seededRandom(1);
  const { observation, sent } = await sample(AT_ONCE, {
    response: () => (random() < 0.3 ? { name: 'v2', ms: 3 } : { ms: 1500 }),
  });
  expect(observation).toMatchObject({ firstUnpredicted: expect.stringMatching(/^v/) as string });
  expect(observation).not.toHaveProperty('timing');
  expect(sent).toBe(50);
});

test('shifted shares of predicted delays lead to a second sample, with control requests that wait as long', async () => {
  const random = seededRandom(2);
  const { observation, sent } = await sample(DELAYED, {
    response: () => ({ ms: random() < 0.9 ? 2005 : 3 }),
    control: () => 950,
  });
  expect(sent).toBe(250);
  expect(observation).toMatchObject({ timing: { late: 0, lateControls: 400, displacedControls: 0 } });
  const { observation: slower } = await sample(DELAYED, {
    response: () => ({ ms: random() < 0.9 ? 2005 : 3 }),
    control: () => 1000,
  });
  const { displacedControls } = (slower as { timing: { displacedControls: number } }).timing;
  // Those that stand for the response at once: about half of 400.
  expect(displacedControls).toBeGreaterThan(150);
  expect(displacedControls).toBeLessThan(250);
});

test('predicted shares of delays need no second sample', async () => {
  let responses = 0;
  const { sent } = await sample(DELAYED, { response: () => ({ ms: (responses += 1) % 2 === 0 ? 2005 : 3 }) });
  expect(sent).toBe(50);
});
