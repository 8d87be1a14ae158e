import { expect, test } from 'vitest';
import { headersAmiss } from './header-edits.js';

const set = (name: string, value: string) => ({ remove: [], add: [{ name, value, append: false }] });

test.each([
  [{ 'x-rule': 'a' }, set('x-rule', 'a')],
  [{ 'x-rule': 'b, a' }, { remove: [], add: [{ name: 'x-rule', value: 'a', append: true }] }],
  [{}, { remove: ['x-gone'], add: [] }],
  [{ 'x-rule': 'a' }, { remove: ['x-rule'], add: [{ name: 'x-rule', value: 'a', append: false }] }],
  [{ 'x-peer': '10.0.0.1' }, set('x-peer', '%DOWNSTREAM_REMOTE_ADDRESS%')],
])('the headers %j are what %j makes of them', (headers, mutations) => {
  expect(headersAmiss(headers, mutations)).toBeUndefined();
});

test.each([
  [{}, set('x-rule', 'a'), 'header x-rule is absent instead of "a"'],
  [{ 'x-rule': 'b' }, set('x-rule', 'a'), 'header x-rule is "b" instead of "a"'],
  [{ 'x-gone': '' }, { remove: ['x-gone'], add: [] }, 'header x-gone is there'],
])('the headers %j are not what %j makes of them', (headers, mutations, amiss) => {
  expect(headersAmiss(headers, mutations)).toBe(amiss);
});
