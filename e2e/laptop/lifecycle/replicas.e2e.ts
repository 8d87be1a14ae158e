import { afterAll, beforeAll, expect, test } from 'vitest';
import { underLoad } from '../../support/load.ts';
import { lackOfPage } from '../../support/page.ts';
import { target } from '../../support/target/index.ts';
import { twoPods } from '../../support/two-pods.ts';

const KILLS = 3;

let pods: AsyncDisposable;
beforeAll(async () => {
  pods = await twoPods();
});
afterAll(() => pods[Symbol.asyncDispose]());

// docs/route-semantics.md, "Default retries": further than Envoy goes.
test.each(['productpage', 'details', 'reviews', 'ratings'])(
  'without a rule for it, the end of one of two pods of %s costs no page and no part of one, under load',
  async (service) => {
    const lacking = await underLoad(lackOfPage, async (load) => {
      for (let kills = 0; kills < KILLS; kills += 1) {
        await target.whenReady();
        await target.kill(service);
        await load.next(10);
      }
      await target.whenReady();
    });
    expect(lacking.filter((lack) => lack !== undefined)).toEqual([]);
  },
);
