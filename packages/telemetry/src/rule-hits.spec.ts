import { expect, test } from 'vitest';
import type { RuleSource } from '@bookinfo/routing';
import { RuleHits } from './rule-hits.js';

const rule = (line: number, resource = 'VirtualService/default/a'): RuleSource => ({
  resource,
  origin: { file: 'a.yaml', line, column: 7 },
});

test('requests are counted by the position of their rule, whichever proxy has it', () => {
  const hits = new RuleHits();
  const first = rule(3);
  hits.count(first);
  hits.count(first);
  hits.count(rule(3));
  hits.count(rule(4));
  expect(hits.list).toEqual([
    { ...rule(3), hits: 3 },
    { ...rule(4), hits: 1 },
  ]);
});

test('the rule that delegates counts too', () => {
  const hits = new RuleHits();
  hits.count({ ...rule(3), delegatedBy: rule(9, 'VirtualService/default/root') });
  expect(hits.list.map(({ resource, hits: count }) => [resource, count])).toEqual([
    ['VirtualService/default/a', 1],
    ['VirtualService/default/root', 1],
  ]);
});

test('a changed resource begins anew, even where a table still has its rule', () => {
  const hits = new RuleHits();
  const [kept, other] = [rule(3), rule(3, 'VirtualService/default/b')];
  for (const each of [kept, other]) hits.count(each);
  hits.forget('VirtualService/default/a');
  expect(hits.list).toEqual([{ ...other, hits: 1 }]);
  hits.count(kept);
  expect(hits.list.at(-1)).toEqual({ ...kept, hits: 1 });
});
