// Rule files and requests that were given to the control plane of Istio and to Envoy; see README.md.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatProblem } from '@bookinfo/rules';
import { parse } from 'yaml';
import { admit } from './admission.js';
import { expectAgreement } from './agreement.js';
import { observe } from './exchange.js';
import { Network } from './network.js';
import { type RuleSet, ruleSetsByTopic, type Vector } from './rule-sets.js';

const table = (file: string) =>
  new Map(
    Object.entries(parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as Record<string, string>),
  );

/** Rule sets that this product refuses by name, with the reason. */
const REFUSED = table('refused.yaml');
/** Vectors with another result here, with the difference. */
const DIFFERING = table('differing.yaml');

const TOPICS = ruleSetsByTopic();
const RULE_SETS = TOPICS.flatMap(([, ruleSets]) => ruleSets);
const VECTORS = RULE_SETS.flatMap(({ vectors }) => vectors);

let network: Network;
beforeAll(async () => {
  network = await Network.start();
});
afterAll(() => network[Symbol.asyncDispose]());

test('no vector is lost, and the tables have no unknown names', () => {
  const ids = new Set(VECTORS.map(({ id }) => id));
  expect(ids.size).toBe(1270);
  expect(RULE_SETS.map(({ id }) => id)).toEqual(expect.arrayContaining([...REFUSED.keys()]));
  expect([...ids]).toEqual(expect.arrayContaining([...DIFFERING.keys()]));
});

describe.each(TOPICS)('%s agrees with istiod', (_, ruleSets) => {
  for (const ruleSet of ruleSets) {
    for (const vector of ruleSet.vectors)
      (DIFFERING.has(vector.id) ? test.fails : test)(vector.id, () => check(ruleSet, vector));
  }
});

/** Asserts that the rules are accepted or refused as the vector or the table says, and that the request agrees. */
async function check(ruleSet: RuleSet, vector: Vector): Promise<void> {
  const admission = admit(ruleSet);
  const problems = 'problems' in admission ? admission.problems.map(formatProblem) : [];
  if ('accepted' in vector && !vector.accepted) {
    expect(problems, `refused by the ${vector.by} of a cluster`).not.toEqual([]);
  } else if (REFUSED.has(ruleSet.id)) {
    expect(problems, 'accepted, although the table says that it is refused').not.toEqual([]);
  } else {
    expect(problems).toEqual([]);
    if ('answers' in vector && 'model' in admission)
      await expectAgreement(vector, await observe(vector, admission.model, network));
  }
}
