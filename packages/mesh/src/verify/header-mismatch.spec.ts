import { expect, test } from 'vitest';
import { headerMismatch } from './header-mismatch.js';

const set = (name: string, value: string) => ({ remove: [], add: [{ name, value, append: false }] });

test.each([
  [{ 'x-rule': 'a' }, set('x-rule', 'a')],
  [{ 'x-rule': 'b, a' }, { remove: [], add: [{ name: 'x-rule', value: 'a', append: true }] }],
  [{ 'x-rule': '100%' }, set('x-rule', '100%%')],
  [{}, { remove: ['x-gone'], add: [] }],
  [{ 'x-rule': 'a' }, { remove: ['x-rule'], add: [{ name: 'x-rule', value: 'a', append: false }] }],
  [{ 'x-peer': '10.0.0.1' }, set('x-peer', '%DOWNSTREAM_REMOTE_ADDRESS%')],
])('the headers %j match the mutations %j', (headers, mutations) => {
  expect(headerMismatch(headers, mutations)).toBeUndefined();
});

test.each([
  [{}, set('x-rule', 'a'), 'header x-rule is absent instead of "a"'],
  [{ 'x-rule': 'b' }, set('x-rule', 'a'), 'header x-rule is "b" instead of "a"'],
  [{ 'x-gone': '' }, { remove: ['x-gone'], add: [] }, 'header x-gone is present'],
])('the headers %j do not match the mutations %j', (headers, mutations, mismatch) => {
  expect(headerMismatch(headers, mutations)).toBe(mismatch);
});
