import { expect, test } from 'vitest';
import { problemsOfSpec } from '../../testing/problems-of-spec.js';

const problemsOf = (fields: string): string[] =>
  problemsOfSpec(
    'VirtualService',
    `{ hosts: [reviews], http: [{ ${fields}, route: [{ destination: { host: reviews } }] }] }`,
  );

test.each([
  'mirror: { host: reviews, subset: v2, port: { number: 9080 } }',
  'mirror: { host: reviews }, mirrorPercentage: { value: 0.1 }',
  'mirror: { host: reviews }, mirrorPercent: 100',
  'mirror: { host: reviews }, mirror_percent: 0',
  'mirrors: []',
  'mirrors: [{ destination: { host: a } }, { destination: { host: b }, percentage: { value: 50 } }]',
])('accepts %s', (fields) => {
  expect(problemsOf(fields)).toEqual([]);
});

test.each([
  [
    'mirror: { host: a }, mirrors: [{ destination: { host: b } }]',
    'spec.http[0]: mirror and mirrors exclude each other',
  ],
  ['mirror: {}', expect.stringMatching(/^spec\.http\[0\]\.mirror\.host is missing /)],
  [
    'mirror: { host: a }, mirrorPercentage: { value: 101 }',
    'spec.http[0].mirrorPercentage.value: 101 is not a number from 0 to 100',
  ],
  [
    'mirror: { host: a }, mirrorPercent: 0.5',
    'spec.http[0].mirrorPercent: 0.5 is not a whole number from 0 to 100',
  ],
  ['mirrors: [{ host: a }]', expect.stringContaining('spec.http[0].mirrors[0]')],
])('refuses %s', (fields, message) => {
  expect(problemsOf(fields)).toContainEqual(message);
});
