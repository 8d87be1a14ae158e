import { expect, test } from 'vitest';
import type { LabelSelector } from '../resources/kinds/label-selector.js';
import { selects, selectorText } from './labels.js';

type Requirement = LabelSelector['matchExpressions'][number];

const where = (operator: Requirement['operator'], ...values: string[]): LabelSelector => ({
  matchLabels: {},
  matchExpressions: [{ key: 'team', operator, values }],
});

test.each<[string, LabelSelector, { a: boolean; c: boolean; none: boolean }]>([
  ['', { matchLabels: {}, matchExpressions: [] }, { a: true, c: true, none: true }],
  ['team=a', { matchLabels: { team: 'a' }, matchExpressions: [] }, { a: true, c: false, none: false }],
  ['team in (a,b)', where('In', 'a', 'b'), { a: true, c: false, none: false }],
  ['team notin (a,b)', where('NotIn', 'a', 'b'), { a: false, c: true, none: true }],
  ['team', where('Exists'), { a: true, c: true, none: false }],
  ['!team', where('DoesNotExist'), { a: false, c: false, none: true }],
  [
    'team=a,!team',
    { ...where('DoesNotExist'), matchLabels: { team: 'a' } },
    { a: false, c: false, none: false },
  ],
])('the selector "%s" selects the teams a, c and none: %j', (text, selector, expected) => {
  expect(selectorText(selector)).toBe(text);
  expect({
    a: selects(selector, { team: 'a' }),
    c: selects(selector, { team: 'c' }),
    none: selects(selector, {}),
  }).toEqual(expected);
});
