import { expect, test } from 'vitest';
import type { PodStatus } from '../runtime/pod-status.js';
import { whenReady } from './when-ready.js';

test('resolves when the last pod that was not ready has been deleted', async () => {
  let pods = [{ ready: false } as PodStatus];
  const mesh = {
    get pods() {
      return pods;
    },
    onEvent: () => () => true,
    outputOf: () => '',
    endpointsInForce: () => Promise.resolve(),
  };
  const atLimit: (() => void)[] = [];
  const clock = {
    now: () => 0,
    date: () => new Date(0),
    after(_ms: number, callback: () => void) {
      atLimit.push(callback);
      return () => undefined;
    },
  };
  const ready = whenReady(mesh, 1000, clock);
  pods = [];
  for (const pass of atLimit) pass();
  await expect(ready).resolves.toBeUndefined();
});
