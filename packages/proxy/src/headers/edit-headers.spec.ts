import { expect, test } from 'vitest';
import { HeaderList, type HeaderMutations } from '@bookinfo/routing';
import { editHeaders } from './edit-headers.js';

const set = (name: string, value: string) => ({ name, value, append: false });
const add = (name: string, value: string) => ({ name, value, append: true });

/** Returns the edited headers as `name: value`. */
function edited(raw: string[], mutations: HeaderMutations[]): string[] {
  const headers = HeaderList.fromRaw(raw);
  editHeaders(headers, mutations, { header: (name) => headers.get(name), property: (name) => name });
  return Array.from(headers, (header) => header.join(': '));
}

test('mutations first remove, then set, then add, whatever their order', () => {
  const mutations = { remove: ['x'], add: [add('x', 'added'), set('x', 'set'), add('y', '2')] };
  const expected = ['y: 1', 'x: set', 'x: added', 'y: 2'];
  expect(edited(['x', 'old', 'y', '1', 'x', 'older'], [mutations])).toEqual(expected);
});

test('of two values that are set for one name the last applies', () => {
  const mutations = { remove: [], add: [set('x', '1'), set('y', '2'), set('x', '3')] };
  expect(edited([], [mutations])).toEqual(['y: 2', 'x: 3']);
});

test('later mutations see the result of earlier ones', () => {
  const [first, second] = [
    { remove: [], add: [set('x', '1')] },
    { remove: ['x'], add: [add('y', '2')] },
  ];
  expect(edited([], [first, second])).toEqual(['y: 2']);
});

test('without mutations nothing changes', () => {
  expect(edited(['x', '1'], [])).toEqual(['x: 1']);
});

test('commands read the headers that the removals leave, and an empty value changes nothing', () => {
  const mutations = {
    remove: ['gone'],
    add: [set('x', '%REQ(y)%'), set('y', '%REQ(gone)%'), add('z', '%REQ(x)%')],
  };
  expect(edited(['x', '1', 'y', '2', 'gone', '3'], [mutations])).toEqual(['y: 2', 'x: 2', 'z: 1']);
});
