import { expect, test } from 'vitest';
import { parseResources } from './parse-resources.js';
import { formatNotice, formatProblem } from './problem.js';

const HEAD =
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: r }\nspec:\n  hosts: [reviews]\n  http:\n';

function parse(http: string) {
  const { resources, problems, notices } = parseResources([{ file: 'r.yaml', text: `${HEAD}${http}\n` }]);
  return {
    spec: resources[0]?.spec,
    problems: problems.map(formatProblem),
    notices: notices.map(formatNotice),
  };
}

const ROUTE = 'route: [{ destination: { host: reviews } }]';

test('a header called on is the header true, as for kubectl, with a warning at its line', () => {
  const { spec, notices } = parse(
    `    - match: [{ headers: {\n        on: { exact: "1" } } }]\n      ${ROUTE}`,
  );
  expect(spec).toMatchObject({ http: [{ match: [{ headers: { true: { exact: '1' } } }] }] });
  expect(notices).toEqual([
    'r.yaml:8: warning: the key on is "true" in YAML 1.1, which kubectl reads, and "on" in YAML 1.2 (put text in quotes)',
  ]);
});

test('a weight of 010 is 8', () => {
  const { spec, notices } = parse(`    - route: [{ destination: { host: reviews }, weight: 010 }]`);
  expect(spec).toMatchObject({ http: [{ route: [{ weight: 8 }] }] });
  expect(notices).toHaveLength(1);
});

test.each(['yes', 'on', 'y', 'no', 'off', '1_000'])(
  'the text %s without quotes is refused, with the reason',
  (word) => {
    const { problems } = parse(`    - match: [{ headers: { x: { exact: ${word} } } }]\n      ${ROUTE}`);
    expect(problems).toEqual([
      expect.stringMatching(`^r.yaml:7: .*is not a string.*; ${word} is (?:true|false|1000) in YAML 1.1`),
    ]);
  },
);

test.each(['"yes"', "'yes'", '!!str yes'])('%s is text', (word) => {
  const { problems, notices } = parse(
    `    - match: [{ headers: { x: { exact: ${word} } } }]\n      ${ROUTE}`,
  );
  expect([...problems, ...notices]).toEqual([]);
});

test('a merge key adds fields, and a field after it replaces one', () => {
  const { spec, problems } = parse(`    - <<: { timeout: 5s, name: a }\n      name: b\n      ${ROUTE}`);
  expect(problems).toEqual([]);
  expect(spec).toMatchObject({ http: [{ timeout: { ms: 5000 }, name: 'b' }] });
});

test('aliases can be merged', () => {
  const { spec } = parse(`    - &a { timeout: 5s, ${ROUTE} }\n    - <<: [*a, { timeout: 7s, name: x }]`);
  expect(spec).toMatchObject({ http: [{}, { timeout: { ms: 5000 }, name: 'x' }] });
});

test('a field before the merge key that replaces it is refused', () => {
  const { problems } = parse(`    - timeout: 3s\n      <<: { timeout: 5s }\n      ${ROUTE}`);
  expect(problems).toEqual([
    'r.yaml:7: spec.http[0].timeout is replaced by a later "<<" (write "<<" before it)',
  ]);
});

test('merge keys that multiply are refused', () => {
  const bomb = ['a0: &a0 { x: 1 }'];
  for (let i = 1; i < 9; i += 1)
    bomb.push(
      `a${i}: &a${i} { <<: [${Array<string>(10)
        .fill(`*a${i - 1}`)
        .join(', ')}] }`,
    );
  expect(parseResources([{ file: 'b.yaml', text: bomb.join('\n') }]).problems).toEqual([
    expect.objectContaining({ message: expect.stringContaining('Excessive alias count') as string }),
  ]);
});

test('a merge key whose value is no object is refused', () => {
  expect(parse('    - <<: 5').problems).toEqual([
    'r.yaml:1: this document is refused: the value of "<<" is not an object',
  ]);
});
