import { expect, test } from 'vitest';
import { kinds } from './kinds/index.js';
import { parseResources } from './parse-resources.js';
import { formatProblem } from './problem.js';
import { originOf, resourceKey } from './resource.js';

const ACCOUNT = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ratings\n';
const RULE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
spec:
  hosts:
    - reviews
  http:
    - match:
        - uri: { exact: /a }
      shadow: { host: ratings }
      route:
        - destination: { host: reviews }
`;
const KINDS = `supported here: ${Object.keys(kinds).join(', ')}`;

const named = (name: string): string => ACCOUNT.replace('ratings', name);
/** As an item of a List. */
const indented = (text: string): string => text.replaceAll('\n', '\n    ').replace(/^/, '  - ').trimEnd();

function problemsOf(...texts: string[]): string[] {
  const sources = texts.map((text, index) => ({ file: `${index + 1}.yaml`, text }));
  return parseResources(sources).problems.map(formatProblem);
}

test('defaults are filled in', () => {
  const [account] = parseResources([{ file: 'a.yaml', text: ACCOUNT }]).resources;
  expect(account).toMatchObject({
    kind: 'ServiceAccount',
    metadata: { name: 'ratings', namespace: 'default', labels: {}, annotations: {} },
    spec: {},
  });
});

test('resources are in the order of the files and their documents', () => {
  const { resources, problems } = parseResources([
    { file: 'a.yaml', text: `${named('c')}---\n${named('a')}` },
    { file: 'b.yaml', text: named('b') },
  ]);
  expect(problems).toEqual([]);
  expect(resources.map(resourceKey)).toEqual([
    'ServiceAccount/default/c',
    'ServiceAccount/default/a',
    'ServiceAccount/default/b',
  ]);
});

test('an unknown field is an error with its line and the supported fields', () => {
  expect(problemsOf(RULE)).toEqual([
    expect.stringMatching(
      /^1\.yaml:11: spec\.http\[0\]\.shadow is not known here \(known: .*fault, .*route, .*\)$/,
    ),
  ]);
});

test('lines are those of the file, in later documents, after a byte order mark and with CRLF', () => {
  const windows = `\uFEFF# two documents\n${ACCOUNT}---\n${RULE}`.replaceAll('\n', '\r\n');
  expect(problemsOf(windows)).toEqual([expect.stringMatching(/^1\.yaml:17: spec\.http\[0\]\.shadow /)]);
});

test('a missing field is reported at the nearest field around it', () => {
  const { problems } = parseResources([{ file: 'a.yaml', text: RULE.replace('{ host: reviews }', '{}') }]);
  const missing = problems.find(({ message }) =>
    message.startsWith('spec.http[0].route[0].destination.host'),
  );
  expect(missing).toMatchObject({
    line: 13,
    column: 11,
    message: expect.stringContaining(' is missing (it should be '),
  });
});

test('all problems of all files are reported, in the order of their lines', () => {
  const lines = problemsOf(
    `${RULE.replace('name: reviews', 'name: Reviews').replace('- reviews', '- 7')}        - weight: 1\n          weight: 1\n`,
    'kind: x',
    RULE,
  );
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    '1.yaml:4:',
    '1.yaml:7:',
    '1.yaml:11:',
    '1.yaml:14:',
    '1.yaml:15:',
    '2.yaml:1:',
    '3.yaml:11:',
  ]);
});

test.each([
  ['text', 'hello', '1.yaml:1: a resource is an object with apiVersion, kind and metadata'],
  ['a list', '- a', '1.yaml:1: a resource is an object with apiVersion, kind and metadata'],
  ['no kind', '# c\napiVersion: v1', `1.yaml:2: kind is missing (${KINDS})`],
  [
    'an unknown kind',
    'apiVersion: x\n\nkind: EnvoyFilter',
    `1.yaml:3: kind EnvoyFilter is not supported (${KINDS})`,
  ],
  ['a kind that is no name', 'kind: [1]', `1.yaml:1: kind a list is not supported (${KINDS})`],
  [
    'a property of every object as kind',
    'kind: constructor',
    `1.yaml:1: kind constructor is not supported (${KINDS})`,
  ],
  [
    'another apiVersion',
    'apiVersion: gateway.example.com/v1\nkind: Gateway\nmetadata: { name: g }\nspec: { gatewayClassName: istio }',
    '1.yaml:1: apiVersion: "gateway.example.com/v1" is not one of networking.istio.io/v1, networking.istio.io/v1beta1, networking.istio.io/v1alpha3',
  ],
  [
    'another version of the other group that has a kind Gateway',
    'apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: Gateway\nmetadata: { name: g }\nspec: { gatewayClassName: istio }',
    '1.yaml:1: apiVersion: "gateway.networking.k8s.io/v1alpha2" is not one of gateway.networking.k8s.io/v1, gateway.networking.k8s.io/v1beta1',
  ],
  [
    'no apiVersion',
    'kind: Service\nmetadata: { name: a }',
    '1.yaml:1: apiVersion is missing (it should be one of v1)',
  ],
  [
    'no metadata',
    'apiVersion: v1\nkind: ServiceAccount',
    expect.stringContaining('1.yaml:1: metadata is missing'),
  ],
])('%s is one problem', (_, text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test.each(['v1', 'v1beta1', 'v1alpha3'])('networking.istio.io/%s is accepted', (version) => {
  const text = RULE.replace('io/v1', `io/${version}`).replace(/ +shadow.*\n/, '');
  expect(problemsOf(text)).toEqual([]);
});

test('a resource that is twice in a file is a problem with the position of the other', () => {
  expect(problemsOf(`${ACCOUNT}---\n# again\n${ACCOUNT}`)).toEqual([
    expect.stringMatching(
      /^1.yaml:\d+: ServiceAccount\/default\/ratings is written twice \(first at 1.yaml:1\)$/,
    ),
  ]);
  expect(problemsOf(`${ACCOUNT}---\n${ACCOUNT}  namespace: other\n`)).toEqual([]);
});

test('a resource may be in several files, as for kubectl', () => {
  expect(problemsOf(ACCOUNT, ACCOUNT)).toEqual([]);
});

test('the items of a List are resources, and problems in them have positions', () => {
  const text = `apiVersion: v1\nkind: List\nitems:\n${indented(ACCOUNT)}\n${indented(RULE)}\n`;
  expect(problemsOf(text)).toEqual([
    expect.stringMatching(/^1\.yaml:18: items\[1\]\.spec\.http\[0\]\.shadow is not known here /),
  ]);
  const { resources } = parseResources([{ file: 'a.yaml', text: text.replace(/ +shadow.*\n/, '') }]);
  expect(resources.map(resourceKey)).toEqual([
    'ServiceAccount/default/ratings',
    'VirtualService/default/reviews',
  ]);
  expect(resources.map((resource) => originOf(resource, ['metadata', 'name']).line)).toEqual([7, 11]);
  expect(problemsOf('apiVersion: v1\nkind: List\nitems: 3')).toEqual([
    '1.yaml:3: items should be a list of resources',
  ]);
});

test('the position of a field is its own, or that of the field around it', () => {
  const text = `# c\n${RULE.replace(/ +shadow.*\n/, '')}`;
  const [rule] = parseResources([{ file: 'a.yaml', text }]).resources;
  if (!rule) throw new Error('no resource');
  expect(originOf(rule, ['spec', 'http', 0, 'match', 0, 'uri', 'exact'])).toEqual({
    file: 'a.yaml',
    line: 11,
    column: 18,
  });
  expect(originOf(rule, ['spec', 'http', 0, 'timeout'])).toEqual({ file: 'a.yaml', line: 10, column: 7 });
  expect(originOf(rule, ['spec', 'gateways'])).toEqual({ file: 'a.yaml', line: 6, column: 1 });
  expect(originOf(rule, ['nothing'])).toEqual({ file: 'a.yaml', line: 2, column: 1 });
});

test('a long value is shortened in a message', () => {
  const [problem] = problemsOf(ACCOUNT.replace('ratings', `x${'y'.repeat(5000)}`));
  expect(problem?.length).toBeLessThan(250);
});

test('of many problems in a file the first hundred are shown, and that there are more', () => {
  const { problems } = parseResources([{ file: 'x.yaml', text: 'a: 1\n---\n'.repeat(500) }]);
  expect(problems).toHaveLength(101);
  expect(problems.at(-1)).toMatchObject({ message: expect.stringContaining('more than 100'), line: 201 });
});

test('a kind that is not supported comes with the one that was probably meant', () => {
  const text = 'apiVersion: networking.istio.io/v1\nkind: VirtualServices\nmetadata: { name: a }\n';
  const { problems } = parseResources([{ file: 'a.yaml', text }]);
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^kind VirtualServices is not supported \(did you mean VirtualService\?\) \(supported here: /,
    ),
  ]);
});
