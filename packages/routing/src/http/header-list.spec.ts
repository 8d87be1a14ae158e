import { expect, test } from 'vitest';
import { HeaderList, type Header } from './header-list.js';

const TWICE: Header[] = [
  ['x', '1'],
  ['y', '2'],
  ['x', '3'],
];

test('the names of raw headers become lower case, and repeated headers stay apart', () => {
  const list = HeaderList.fromRaw(['Set-Cookie', 'A=1', 'X', 'y', 'set-cookie', 'B=2']);
  expect([...list]).toEqual([
    ['set-cookie', 'A=1'],
    ['x', 'y'],
    ['set-cookie', 'B=2'],
  ]);
  expect(list.toRaw()).toEqual(['set-cookie', 'A=1', 'x', 'y', 'set-cookie', 'B=2']);
});

test('get returns the first value, values all of them', () => {
  const list = new HeaderList(TWICE);
  expect([list.get('x'), list.get('z')]).toEqual(['1', undefined]);
  expect([list.values('x'), list.values('z')]).toEqual([['1', '3'], []]);
  expect([list.has('x'), list.has('z')]).toEqual([true, false]);
});

test('a value that equals a name is not a header of that name', () => {
  const list = new HeaderList([
    ['a', 'b'],
    ['b', 'a'],
  ]);
  expect([list.get('b'), list.remove('a').toRaw()]).toEqual(['a', ['b', 'a']]);
});

test('set replaces all headers of the name, at the end; add keeps them', () => {
  expect(new HeaderList(TWICE).set('x', '4').toRaw()).toEqual(['y', '2', 'x', '4']);
  expect(new HeaderList(TWICE).set('z', '4').toRaw()).toEqual(['x', '1', 'y', '2', 'x', '3', 'z', '4']);
  expect(new HeaderList(TWICE).add('x', '4').values('x')).toEqual(['1', '3', '4']);
});

test('remove takes away every header of the name and no other', () => {
  expect(new HeaderList(TWICE).remove('x').toRaw()).toEqual(['y', '2']);
  expect(new HeaderList(TWICE).remove('y').toRaw()).toEqual(['x', '1', 'x', '3']);
  expect(new HeaderList(TWICE).remove('z').toRaw()).toHaveLength(6);
});

test('a copy and a filtered list are independent of their source', () => {
  const list = new HeaderList(TWICE);
  new HeaderList(list).set('x', '4');
  list.filter((name) => name === 'x').add('z', '5');
  list.toRaw().push('z', '6');
  expect([...list]).toEqual(TWICE);
});

test('addAll appends the headers of another list or of pairs', () => {
  const list = new HeaderList().addAll(new HeaderList([['a', '1']])).addAll([['b', '2']]);
  expect(list.toRaw()).toEqual(['a', '1', 'b', '2']);
});
