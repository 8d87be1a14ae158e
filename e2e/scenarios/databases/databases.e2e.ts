import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applied } from '../../support/applied.ts';
import { viewPage } from '../../support/page.ts';
import { lacks, target } from '../../support/target/index.ts';
import type { Database, DatabaseKind } from '../../support/target/target.ts';
import { until } from '../../support/until.ts';

const RATINGS_GONE = 'Ratings service is currently unavailable';

const DATABASES: [DatabaseKind, rules: string, workload: string][] = [
  ['mysql', 'networking/virtual-service-ratings-mysql', 'ratings-v2-mysql'],
  ['mongodb', 'networking/virtual-service-ratings-db', 'ratings-v2'],
];

/** Returns the stars of the two reviewers on the page. */
async function starsOnPage(): Promise<number[]> {
  const { html } = await viewPage();
  return [...html.matchAll(/(\d) out of 5 stars/g)].map(([, stars]) => Number(stars));
}

describe.skipIf(lacks('databases')).each(DATABASES)('ratings v2 with %s', (kind, rules, workload) => {
  let database: Database;
  let inForce: AsyncDisposable;
  beforeAll(async () => {
    database = await target.database(kind);
    inForce = await applied(rules);
    // Ratings v2 is ready before its database has its data.
    await until('the stars are on the page', async () => (await starsOnPage()).length === 2);
  });
  afterAll(async () => {
    await inForce?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });

  test('the stars are those that the database starts with', async () => {
    expect(await starsOnPage()).toEqual([5, 4]);
    expect((await viewPage()).hops).toEqual(['productpage-v1', 'details-v1', 'reviews-v3', workload]);
  });

  test('the stars that change in the database change on the page', async () => {
    await database.rate(1, 3);
    expect(await starsOnPage()).toEqual([1, 3]);
    await database.rate(5, 4);
    expect(await starsOnPage()).toEqual([5, 4]);
  });

  test('while the database is stopped, the reviews are there without stars, and then the stars come back', async () => {
    {
      await using _stopped = await database.stop();
      const { html } = await viewPage();
      expect(html.split(RATINGS_GONE)).toHaveLength(3);
      expect(html).toContain('Reviews served by:');
      expect(await starsOnPage()).toEqual([]);
    }
    await until('the stars are back', async () => (await starsOnPage()).length === 2);
    expect((await viewPage()).html).not.toContain(RATINGS_GONE);
  });
});
