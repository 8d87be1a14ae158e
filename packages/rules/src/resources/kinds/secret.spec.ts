import { expect, test } from 'vitest';
import { parseResources } from '../parse-resources.js';

const parse = (fields: string) => {
  const text = `{ apiVersion: v1, kind: Secret, metadata: { name: x }, ${fields} }`;
  const { resources, problems, notices } = parseResources([{ file: 'x.yaml', text }]);
  const [secret] = resources;
  return {
    data: secret?.kind === 'Secret' ? secret.data : undefined,
    messages: [...problems, ...notices].map(({ message }) => message),
  };
};

test('data are decoded, and stringData have precedence over them', () => {
  expect(parse('data: { a: "b25l\\n", b: b25l }, stringData: { b: two }')).toEqual({
    data: { a: 'one', b: 'two' },
    messages: [],
  });
});

test.each([
  [
    'type: kubernetes.io/tls, data: { tls.crt: "" }',
    'data: a Secret of the type kubernetes.io/tls needs tls.key',
  ],
  ['data: { key: "PRIVATE!" }', 'data.key: the value is not base64'],
  ['data: { key: [PRIVATE] }', 'data.key: the value is not base64'],
  ['stringData: { key: { PRIVATE: 1 } }', 'stringData.key: the value is not a string'],
])('refuses %s without showing the value', (fields, message) => {
  expect(parse(fields).messages).toEqual([message]);
});
