import { expect, test } from 'vitest';
import { editHeaders } from './edit-headers.js';

const set = (name: string, value: string) => ({ name, value, append: false });
const add = (name: string, value: string) => ({ name, value, append: true });

test('first removes, then sets, then adds, whatever the order', () => {
  const mutations = { remove: ['x'], add: [add('x', 'added'), set('x', 'set'), add('y', '2')] };
  expect(editHeaders(['x', 'old', 'y', '1', 'x', 'older'], [mutations])).toEqual([
    'y',
    '1',
    'x',
    'set',
    'x',
    'added',
    'y',
    '2',
  ]);
});

test('a value that is called like a header stays', () => {
  expect(editHeaders(['y', 'x', 'x', 'y'], [{ remove: ['x'], add: [] }])).toEqual(['y', 'x']);
});

test('the next mutations see what the ones before have made', () => {
  const [first, second] = [
    { remove: [], add: [set('x', '1')] },
    { remove: ['x'], add: [add('y', '2')] },
  ];
  expect(editHeaders([], [first, second])).toEqual(['y', '2']);
});

test('without mutations nothing changes', () => {
  expect(editHeaders(['x', '1'], [])).toEqual(['x', '1']);
});
