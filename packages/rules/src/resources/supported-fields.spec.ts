import { expect, test } from 'vitest';
import { z } from 'zod';
import { ignoredFields, list, mapOf, object, unsupportedFields } from './schema/containers.js';
import { text, wholeNumber } from './schema/value.js';
import { schemaFields } from './schema-fields.js';
import { supportedFields } from './supported-fields.js';

test('docs/supported-fields.md lists the fields of the schemas (npm run docs writes it)', async () => {
  await expect(supportedFields()).toMatchFileSnapshot('../../../../docs/supported-fields.md');
});

test('a field of a schema has a path, a use, the values that it takes, and may be required', () => {
  const schema = object({
    kind: z.literal('Thing'),
    spec: object({
      list: list(object({ weight: wholeNumber(0, 5) })),
      labels: mapOf(text).default({}),
      ...ignoredFields('later'),
      ...unsupportedFields({ tcp: 'only HTTP' }),
    }).optional(),
  }).transform((thing) => thing);
  expect(schemaFields(schema)).toEqual([
    { path: 'kind', use: 'supported', meaning: 'Thing', isRequired: true },
    {
      path: 'spec.list[].weight',
      use: 'supported',
      meaning: 'a whole number from 0 to 5',
      isRequired: true,
    },
    {
      path: 'spec.labels.<name>',
      use: 'supported',
      meaning: expect.stringContaining('a string'),
      isRequired: false,
    },
    { path: 'spec.later', use: 'ignored', meaning: '', isRequired: false },
    { path: 'spec.tcp', use: 'unsupported', meaning: 'only HTTP', isRequired: false },
  ]);
  expect(() => schemaFields(object({ bare: z.string() }))).toThrow('the schema of bare has no description');
});
