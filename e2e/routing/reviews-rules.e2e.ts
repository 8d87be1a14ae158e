import { expect, test } from 'vitest';
import { applied } from '../support/mesh.js';
import { countReviews, signIn, viewPage } from '../support/page.js';

const VIEWS = 250;

/** Five standard deviations: a correct split fails once in 1.7 million runs. */
const bounds = (share: number) => {
  const slack = 5 * Math.sqrt((share * (1 - share)) / VIEWS);
  return { least: Math.floor((share - slack) * VIEWS), most: Math.ceil((share + slack) * VIEWS) };
};

test('without a rule every version of reviews responds', async () => {
  expect(Object.keys(await countReviews(60)).toSorted()).toEqual(['v1', 'v2', 'v3']);
});

test.each([
  ['virtual-service-all-v1', 'v1'],
  ['virtual-service-reviews-v3', 'v3'],
])('under %s only %s responds', async (file, version) => {
  await using _rules = await applied(file);
  expect(await countReviews(40)).toEqual({ [version]: 40 });
});

test.each([
  ['virtual-service-reviews-test-v2', 'v1'],
  ['virtual-service-reviews-jason-v2-v3', 'v3'],
])('under %s jason gets v2 and other users get %s', async (file, others) => {
  await using _rules = await applied(file);
  expect(await countReviews(20)).toEqual({ [others]: 20 });
  expect(await countReviews(20, await signIn('jason'))).toEqual({ v2: 20 });
  expect(await countReviews(20, await signIn('jasonx'))).toEqual({ [others]: 20 });
  expect(await countReviews(20, { 'end-user': 'jason' })).toEqual({ [others]: 20 });
});

test.each([
  ['virtual-service-reviews-50-v3', { v1: 0.5, v3: 0.5 }],
  ['virtual-service-reviews-80-20', { v1: 0.8, v2: 0.2 }],
  ['virtual-service-reviews-90-10', { v1: 0.9, v2: 0.1 }],
  ['virtual-service-reviews-v2-v3', { v2: 0.5, v3: 0.5 }],
])('under %s the versions respond by their weights, and no other version does', async (file, shares) => {
  await using _rules = await applied(file);
  const counts = await countReviews(VIEWS);
  expect(Object.keys(counts).toSorted()).toEqual(Object.keys(shares));
  for (const [version, share] of Object.entries(shares)) {
    const { least, most } = bounds(share);
    expect(counts[version], version).toBeGreaterThanOrEqual(least);
    expect(counts[version], version).toBeLessThanOrEqual(most);
  }
});

test('each version renders its own stars', async () => {
  const stars = {
    'virtual-service-all-v1': { glyphs: 0, colour: /text-(red|black)-500/, coloured: false },
    'virtual-service-reviews-test-v2': { glyphs: 9, colour: /text-black-500/, coloured: true },
    'virtual-service-reviews-v3': { glyphs: 9, colour: /text-red-500/, coloured: true },
  };
  for (const [file, { glyphs, colour, coloured }] of Object.entries(stars)) {
    await using _rules = await applied(file);
    const { html } = await viewPage(await signIn('jason'));
    expect(html.match(/glyphicon glyphicon-star/g) ?? [], file).toHaveLength(glyphs);
    expect(colour.test(html), file).toBe(coloured);
  }
});

test('deleting a rule brings the other versions back', async () => {
  {
    await using _rules = await applied('virtual-service-all-v1');
    expect(await countReviews(20)).toEqual({ v1: 20 });
  }
  expect(Object.keys(await countReviews(60)).toSorted()).toEqual(['v1', 'v2', 'v3']);
});
