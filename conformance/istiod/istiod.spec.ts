// Rule files and requests that were given to the control plane of Istio and to Envoy; see README.md.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatProblem } from '@bookinfo/rules';
import { parse } from 'yaml';
import { admit } from './admission.js';
import { expectAgreement } from './agreement.js';
import { observe } from './exchange.js';
import { Network } from './network.js';
import { ruleSetsByTopic } from './rule-sets.js';

/** Rule sets that this product refuses by name, with the reason. */
const REFUSED = new Map(
  Object.entries(
    parse(readFileSync(new URL('refused.yaml', import.meta.url), 'utf8')) as Record<string, string>,
  ),
);

const TOPICS = ruleSetsByTopic();
const RULE_SETS = TOPICS.flatMap(([, ruleSets]) => ruleSets);
const VECTORS = RULE_SETS.flatMap(({ vectors }) => vectors);

let network: Network;
beforeAll(async () => {
  network = await Network.start();
});
afterAll(() => network[Symbol.asyncDispose]());

test('no vector is lost, and the table has no unknown names', () => {
  const ids = new Set(VECTORS.map(({ id }) => id));
  expect(ids.size).toBe(1270);
  expect(RULE_SETS.map(({ id }) => id)).toEqual(expect.arrayContaining([...REFUSED.keys()]));
});

describe.each(TOPICS)('%s agrees with istiod', (_, ruleSets) => {
  const all = ruleSets.flatMap((ruleSet) => ruleSet.vectors.map((vector) => ({ ruleSet, vector })));
  test.each(all)('$vector.id', async ({ ruleSet, vector }) => {
    const admission = admit(ruleSet);
    const problems = 'problems' in admission ? admission.problems.map(formatProblem) : [];
    const isAccepted = !REFUSED.has(ruleSet.id) && ('answers' in vector || vector.accepted);
    expect({ isAccepted: problems.length === 0, problems }).toMatchObject({ isAccepted });
    if ('answers' in vector && 'model' in admission)
      await expectAgreement(vector, await observe(vector, admission.model, network));
  });
});
