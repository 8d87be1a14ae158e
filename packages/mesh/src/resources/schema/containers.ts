import { z } from 'zod';

/**
 * An object that takes the named fields and no other. A field that is not named is reported together with those that
 * are, so that one message serves what is not supported yet and what is misspelt.
 */
export function object<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const names = Object.keys(shape).toSorted().join(', ');
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `not supported yet (supported here: ${names})`
        : `an object (with ${names})`,
  });
}

/** A list; `minimum` entries are wanted. */
export function list<Entry extends z.ZodType>(entry: Entry, minimum = 0) {
  return z.array(entry, 'a list').min(minimum, `a list of at least ${minimum}`);
}

/** An object whose keys are free. */
export function mapOf<Value extends z.ZodType>(entry: Value) {
  return z.record(z.string(), entry, 'an object');
}

/**
 * Fields that matter only in a real cluster: accepted so that one file serves both, kept as they are, and without any
 * effect here.
 */
export function inert<const Name extends string>(...names: Name[]) {
  return Object.fromEntries(names.map((name) => [name, z.unknown().optional()])) as Record<
    Name,
    z.ZodOptional<z.ZodUnknown>
  >;
}

/** Adds a problem that concerns several fields together; the message is a sentence about what stands at `path`. */
export function complain(
  context: z.core.$RefinementCtx,
  message: string,
  path: (string | number)[] = [],
): void {
  context.addIssue({ code: 'custom', message, path, params: { sentence: true } });
}

/** For `superRefine` on a list: no two entries may agree in what `key` takes from them. */
export function unique<Entry>(what: string, key: (entry: Entry) => string, field: string[] = []) {
  return (entries: Entry[], context: z.core.$RefinementCtx): void => {
    const seen = new Set<string>();
    for (const [index, entry] of entries.entries()) {
      const name = key(entry);
      if (seen.has(name)) {
        complain(context, `${what} ${JSON.stringify(name)} stands twice`, [index, ...field]);
      }
      seen.add(name);
    }
  };
}
