import { describe, expect, test } from 'vitest';
import { problemsOfSpec } from '../../../testing/problems-of-spec.js';
import { parseResources } from '../../parse-resources.js';

const rule = (fields: string): string[] => problemsOfSpec('HTTPRoute', `{ rules: [{ ${fields} }] }`);
const match = (fields: string): string[] => rule(`matches: [{ ${fields} }]`);
const path = (type: string, value: string): string[] => match(`path: { type: ${type}, value: '${value}' }`);
const backend = (fields: string): string[] => rule(`backendRefs: [{ ${fields} }]`);

test('v1 and v1beta1 have one schema', () => {
  for (const version of ['v1', 'v1beta1'])
    expect(problemsOfSpec('HTTPRoute', '{}', `gateway.networking.k8s.io/${version}`)).toEqual([]);
});

test('defaults are those of the API server', () => {
  const text = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: reviews }
spec:
  parentRefs: [{ name: door }]
  rules: [{ backendRefs: [{ name: reviews, port: 9080 }] }, { matches: [{ headers: [{ name: x, value: b }] }] }]
`;
  const anyPath = { type: 'PathPrefix', value: '/' };
  expect(parseResources([{ file: 'x.yaml', text }]).resources[0]).toMatchObject({
    spec: {
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway' }],
      rules: [
        { matches: [{ path: anyPath }], backendRefs: [{ group: '', kind: 'Service', weight: 1 }] },
        { matches: [{ path: anyPath, headers: [{ type: 'Exact' }] }] },
      ],
    },
  });
});

describe('accepted:', () => {
  test.each([
    ['an exact path', path('Exact', '/a/b%20c')],
    ['a path prefix', path('PathPrefix', '/a/')],
    [
      'a regular expression for the path, which need not begin with a slash',
      path('RegularExpression', '.*\\.css'),
    ],
    ['headers whose names differ in case', match('headers: [{ name: a, value: x }, { name: A, value: b }]')],
    ['a method', match('method: GET')],
    ['no backend', rule('backendRefs: []')],
    ['a backend of a kind that is none', backend('group: example.com, kind: Bucket, name: x')],
    [
      'a parent that is a Service',
      problemsOfSpec('HTTPRoute', "{ parentRefs: [{ group: '', kind: Service, name: a }] }"),
    ],
  ])('%s', (_, problems) => {
    expect(problems).toEqual([]);
  });
});

const where = 'spec.rules[0].matches[0]';

describe('refused:', () => {
  test.each([
    [path('Exact', 'a'), `${where}.path.value: "a" does not begin with "/"`],
    [
      path('PathPrefix', '/a//b'),
      `${where}.path.value: "/a//b" contains "//", "/./", "/../", "%2f" or "#", or ends in "/." or "/.."`,
    ],
    [
      path('PathPrefix', '/a/..'),
      `${where}.path.value: "/a/.." contains "//", "/./", "/../", "%2f" or "#", or ends in "/." or "/.."`,
    ],
    [path('Exact', '/a b'), `${where}.path.value: "/a b" has characters that a path needs as %XX`],
    [
      path('RegularExpression', '(?=a)'),
      `${where}.path.value: "(?=a)" is not a regular expression in RE2 syntax: invalid or unsupported Perl syntax: \`(?=\``,
    ],
    [path('Prefix', '/'), `${where}.path.type: "Prefix" is not one of Exact, PathPrefix, RegularExpression`],
    [
      match('headers: [{ name: a, value: x }, { name: a, value: b }]'),
      `${where}.headers[1].name: header "a" is repeated`,
    ],
    [
      match("headers: [{ name: a, value: '' }]"),
      `${where}.headers[0].value: "" is not a string of 1 to 4096 characters`,
    ],
    [
      match("headers: [{ name: ':method', value: x }]"),
      `${where}.headers[0].name: ":method" is not a name (letters, digits and !#$%&'*+-.^_\`|~)`,
    ],
    [
      match('method: get'),
      `${where}.method: "get" is not one of GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH`,
    ],
    [backend('name: reviews'), 'spec.rules[0].backendRefs[0]: a Service needs a port'],
    [
      backend('name: reviews.shop, port: 80'),
      'spec.rules[0].backendRefs[0].name: write the name of the Service alone, and its namespace in namespace',
    ],
    [
      rule('sessionPersistence: { sessionName: x }'),
      'spec.rules[0].sessionPersistence is not supported (Istio does not implement it)',
    ],
    [
      problemsOfSpec('HTTPRoute', '{ parentRefs: [{ kind: ListenerSet, name: a }] }'),
      'spec.parentRefs[0]: a parent of the kind gateway.networking.k8s.io ListenerSet is not supported (a Gateway, a Service of the group "", or a ServiceEntry)',
    ],
    [
      problemsOfSpec('HTTPRoute', '{ hostnames: ["*"] }'),
      'spec.hostnames[0]: "*" is not a host name in lower case, like www.example.com, or *.example.com (omit it for all hosts)',
    ],
    [
      problemsOfSpec(
        'HTTPRoute',
        `{ rules: [${'{ matches: [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}] }, '.repeat(12)}] }`,
      ),
      'spec.rules: its rules have 132 matches together, at most 128 are allowed',
    ],
    [
      problemsOfSpec('HTTPRoute', '{ rules: [{ name: a }, { name: a }] }'),
      'spec.rules[1].name: rule "a" is repeated',
    ],
  ])('%j', (problems, message) => {
    expect(problems).toEqual([message]);
  });
});
