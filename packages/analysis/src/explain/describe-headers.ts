import type { HeaderMutations } from '@bookinfo/routing';

/** Returns the changes of headers in the order in which they apply: `without cookie, set a: 1, add b: 2`. */
export function describeHeaders({ remove, add }: HeaderMutations): string {
  const set = add.filter(({ append }) => !append);
  const added = add.filter(({ append }) => append);
  return [
    ...remove.map((name) => `without ${name}`),
    ...set.map(({ name, value }) => `set ${name}: ${value}`),
    ...added.map(({ name, value }) => `add ${name}: ${value}`),
  ].join(', ');
}
