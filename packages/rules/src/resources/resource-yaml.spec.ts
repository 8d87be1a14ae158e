import { expect, test } from 'vitest';
import { parseResources } from './parse-resources.js';
import { originOf } from './resource.js';
import { resourceYaml } from './resource-yaml.js';

const FLOW = `# a comment
{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: a },
  spec: { hosts: [x], http: [{ match: [{ uri: { exact: /a } }], route: [{ destination: { host: x } }] }, { route: [{ destination: { host: x } }] }] } }
`;

function yamlOf(text: string, index = 0) {
  const { resources } = parseResources([{ file: 'a.yaml', text }]);
  const resource = resources[index]!;
  const { yaml, lineOf } = resourceYaml(resource, resource.source.manifest);
  return {
    yaml: yaml.split('\n'),
    lineOf: (path: (string | number)[]) => lineOf(originOf(resource, path)),
    lineOfOrigin: lineOf,
  };
}

test('rules on one line of a file are on lines of their own', () => {
  const { yaml, lineOf } = yamlOf(FLOW);
  expect(yaml[lineOf(['spec', 'http', 0, 'match', 0]) - 1]).toBe('        - uri:');
  expect(yaml[lineOf(['spec', 'http', 1]) - 1]).toBe('    - route:');
  expect(lineOf(['spec', 'http', 1])).toBeGreaterThan(lineOf(['spec', 'http', 0]));
});

test('the rules of an item of a List are found', () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n- ${FLOW.split('\n').slice(1).join('\n  ')}`;
  const { yaml, lineOf } = yamlOf(list);
  expect(yaml[lineOf(['spec', 'http', 1]) - 1]).toBe('    - route:');
});

test('a position outside of the resource is its first line', () => {
  expect(yamlOf(FLOW).lineOfOrigin({ file: 'a.yaml', line: 99, column: 1 })).toBe(1);
});
