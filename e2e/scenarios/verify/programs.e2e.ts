import { predict, probeOf } from '@bookinfo/analysis';
import { bookinfo } from '@bookinfo/application';
import { DEFAULT_MESH_CONFIG, formatProblem, modelOfFiles } from '@bookinfo/rules';
import { expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { viewPage } from '../../support/page.ts';
import { rule } from '../../support/rules.ts';
import { rulesOfTest, sourceOf, STARTING_FILES } from '../../support/sources.ts';
import { target } from '../../support/target/index.ts';

const PAGE = { method: 'GET', url: `${target.ingressUrl}/productpage`, headers: {} };
const REVIEWS = {
  method: 'GET',
  url: 'http://reviews:9080/reviews/0',
  headers: {},
  from: 'default/productpage-v1',
};
/** Returns the only response that is predicted under these rules. */
function predicted(sent: typeof PAGE, rules: string) {
  const files = [...STARTING_FILES.map(sourceOf), rulesOfTest(rules)];
  const result = modelOfFiles(files, DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  const [first, ...others] = predict(probeOf(result.model, sent), bookinfo);
  expect(others).toEqual([]);
  return first!.value;
}

test.each([
  ['v2', '1s'],
  ['v2', '4s'],
  ['v2', '8s'],
  ['v3', '1s'],
  ['v3', '4s'],
  ['v3', '8s'],
])('reviews %s and the page behave as predicted with ratings delayed by %s', async (version, delay) => {
  const reference = await viewPage();
  const rules = rule('reviews', { version }) + rule('ratings', { version: 'v1', delay });
  await using _rules = await appliedText(rules);
  const responses = [
    { expected: predicted(REVIEWS, rules), actual: target.sendAs('productpage-v1', REVIEWS) },
    { expected: predicted(PAGE, rules), actual: viewPage() },
  ];
  for (const { expected, actual } of responses) {
    const { status, hops, milliseconds } = await actual;
    expect({ status, hops }).toEqual({ status: expected.status, hops: expected.path });
    // Timers of Node may fire a millisecond early. A wrong limit of the predicted program is off by a factor of two or more.
    expect(milliseconds).toBeGreaterThan(0.99 * expected.delayMs);
    expect(milliseconds).toBeLessThan(2 * expected.delayMs + 10 * reference.milliseconds);
  }
});
