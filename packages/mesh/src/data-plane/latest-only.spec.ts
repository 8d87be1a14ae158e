import { expect, test } from 'vitest';
import { LatestOnly } from './latest-only.js';

/** An action that is under way until `finish` is called. */
function startedActions() {
  const started: { value: string; end: PromiseWithResolvers<void> }[] = [];
  const latest = new LatestOnly<string>((value) => {
    const end = Promise.withResolvers<void>();
    started.push({ value, end });
    return end.promise;
  });
  return { started, latest, values: () => started.map(({ value }) => value) };
}

test('an action begins at once, and the next when it has ended', async () => {
  const { started, latest, values } = startedActions();
  const a = latest.set('a');
  const b = latest.set('b');
  expect(values()).toEqual(['a']);
  started[0]?.end.resolve();
  await a;
  await expect.poll(values).toEqual(['a', 'b']);
  started[1]?.end.resolve();
  await b;
});

test('of the values that wait the latest alone is carried out, for all of them', async () => {
  const { started, latest, values } = startedActions();
  const first = latest.set('a');
  const waiting = Promise.allSettled([latest.set('b'), latest.set('c'), latest.set('d')]);
  started[0]?.end.resolve();
  await first;
  await expect.poll(values).toEqual(['a', 'd']);
  started[1]?.end.reject(new Error('no'));
  expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
});

test('a failure does not end the sequence', async () => {
  const { started, latest } = startedActions();
  const failing = latest.set('a').catch(String);
  started[0]?.end.reject(new Error('no'));
  expect(await failing).toBe('Error: no');
  const next = latest.set('b');
  started[1]?.end.resolve();
  await next;
});
