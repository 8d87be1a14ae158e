import { z } from 'zod';

/**
 * An object that takes the named fields and no other. A field that is not named, not even among the refused ones, is
 * reported together with those that are: it is misspelt, or stands at the wrong place.
 */
export function object<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const supported = Object.entries(shape).filter(
    ([, field]) => z.globalRegistry.get(field)?.['refused'] === undefined,
  );
  const names = supported
    .map(([name]) => name)
    .toSorted()
    .join(', ');
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? `not known here (known: ${names})` : `an object (with ${names})`,
  });
}

/**
 * Fields of the API that have no effect here and whose loss would change what a rule does: refused by name, with the
 * reason. Spread into an `object` like `inert`: `...refused({ tcp: 'only HTTP routes run here' })` makes
 * `spec.tcp is not supported (only HTTP routes run here)`, and docs/supported-fields.md lists it. A field that is named
 * nowhere is taken for a misspelt one.
 */
export function refused<const Reasons extends Readonly<Record<string, string>>>(reasons: Reasons) {
  return Object.fromEntries(
    Object.entries(reasons).map(([name, reason]) => [name, refusedField(reason)]),
  ) as { [Name in keyof Reasons]: ReturnType<typeof refusedField> };
}

function refusedField(reason: string) {
  const error = `not supported (${reason})`;
  return z
    .custom<undefined>((input) => input === undefined, { error, abort: true, params: { refused: true } })
    .optional()
    .meta({ refused: reason });
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
  return Object.fromEntries(
    names.map((name) => [name, z.unknown().optional().meta({ inert: true })]),
  ) as Record<Name, z.ZodOptional<z.ZodUnknown>>;
}

/** Adds a problem that concerns several fields together; the message is a sentence about what stands at `path`. */
export function complain(
  context: z.core.$RefinementCtx,
  message: string,
  path: (string | number)[] = [],
): void {
  context.addIssue({ code: 'custom', message, path, params: { sentence: true } });
}

/** For `superRefine` on a list: no two entries may agree in what `key` takes from them; undefined agrees with nothing. */
export function unique<Entry>(what: string, key: (entry: Entry) => string | undefined, field: string[] = []) {
  return (entries: Entry[], context: z.core.$RefinementCtx): void => {
    const seen = new Set<string>();
    for (const [index, entry] of entries.entries()) {
      const name = key(entry);
      if (name === undefined) continue;
      if (seen.has(name)) {
        complain(context, `${what} ${JSON.stringify(name)} stands twice`, [index, ...field]);
      }
      seen.add(name);
    }
  };
}
