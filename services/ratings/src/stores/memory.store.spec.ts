import { expect, test } from 'vitest';
import { MemoryStore } from './memory.store.js';

test('a product beyond 1000 is a 507, and the ratings of the 1000 can still be replaced', () => {
  const store = new MemoryStore();
  for (let id = 0; id < 1000; id++) store.set(id, { Ann: 1 });
  expect(() => store.set(1000, { Ann: 1 })).toThrow(
    expect.objectContaining({
      status: 507,
      response: { error: 'ratings of 1000 products are kept already; only those can be replaced' },
    }),
  );
  store.set(999, { Ann: 2 });
  expect([store.get(999), store.get(1000)]).toEqual([{ Ann: 2 }, { Reviewer1: 5, Reviewer2: 4 }]);
});
