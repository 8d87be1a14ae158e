import { z } from 'zod';
import type { Notice } from '../problem.js';

/**
 * An object with the named fields and no others. The message about another field, which is misspelt or at the wrong place,
 * lists the supported ones.
 */
export function object<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const supported = Object.entries(shape).filter(
    ([, field]) => z.globalRegistry.get(field)?.['unsupported'] === undefined,
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
 * Fields of the API that this mesh does not implement, although they would change what a rule does: refused by name, with
 * the reason. `...unsupportedFields({ tcp: 'only HTTP is routed' })` in an `object` makes the message
 * `spec.tcp is not supported (only HTTP is routed)` and a line of docs/supported-fields.md.
 */
export function unsupportedFields<const Reasons extends Readonly<Record<string, string>>>(reasons: Reasons) {
  return Object.fromEntries(
    Object.entries(reasons).map(([name, reason]) => [name, unsupportedField(reason)]),
  ) as { [Name in keyof Reasons]: ReturnType<typeof unsupportedField> };
}

function unsupportedField(reason: string) {
  const error = `not supported (${reason})`;
  return z
    .custom<undefined>((input) => input === undefined, { error, abort: true, params: { unsupported: true } })
    .optional()
    .meta({ unsupported: reason });
}

/** The reason why a part of a resource is passed over; `when` tells which values are (default: all). */
export interface PassedOver {
  level: Notice['level'];
  reason: string;
  when?: (input: unknown) => boolean;
}

/**
 * Fields that routes of HTTP do not depend on: accepted with any value, and named in a notice with the reason. `warning` marks
 * those that an HTTP response may depend on.
 */
export function passedOverFields<const Name extends string>(
  reasons: Readonly<Record<Name, string>>,
  level: Notice['level'] = 'note',
) {
  return Object.fromEntries(
    Object.entries<string>(reasons).map(([name, reason]) => [
      name,
      z
        .unknown()
        .optional()
        .meta({ passedOver: { level, reason } satisfies PassedOver }),
    ]),
  ) as Record<Name, z.ZodOptional<z.ZodUnknown>>;
}

/** An entry of a list that is passed over, with a note, if `when` holds for it; `present` removes such entries. */
export function entryUnless<Entry extends z.ZodType>(
  entry: Entry,
  when: (input: unknown) => boolean,
  reason: string,
) {
  return z
    .preprocess((input) => (when(input) ? undefined : input), entry.optional())
    .meta({ passedOver: { level: 'note', reason, when } satisfies PassedOver });
}

/** Returns the entries of a list without those that are passed over, each with its `index` in the list as it is written. */
export function present<Entry extends object>(
  entries: readonly (Entry | undefined)[],
): (Entry & { index: number })[] {
  return entries.flatMap((entry, index) => (entry ? [{ ...entry, index }] : []));
}

/** A list of at least `minimum` entries. */
export function list<Entry extends z.ZodType>(entry: Entry, minimum = 0) {
  return z.array(entry, 'a list').min(minimum, `a list of at least ${minimum}`);
}

/** An object with any keys. */
export function mapOf<Value extends z.ZodType>(entry: Value) {
  return z.record(z.string(), entry, 'an object');
}

/** Fields that have an effect in a cluster only: accepted with any value, so that one file serves both, and ignored. */
export function ignoredFields<const Name extends string>(...names: Name[]) {
  return Object.fromEntries(
    names.map((name) => [name, z.unknown().optional().meta({ ignored: true })]),
  ) as Record<Name, z.ZodOptional<z.ZodUnknown>>;
}

/** Adds an issue about several fields together; the message is a sentence about the value at `path`. */
export function addIssue(
  context: z.core.$RefinementCtx,
  message: string,
  path: (string | number)[] = [],
): void {
  context.addIssue({ code: 'custom', message, path, params: { sentence: true } });
}

/** Returns a check for `superRefine` on a list: `key` must return a different text for each entry, or undefined. */
export function unique<Entry>(what: string, key: (entry: Entry) => string | undefined, field: string[] = []) {
  return (entries: Entry[], context: z.core.$RefinementCtx): void => {
    const seen = new Set<string>();
    for (const [index, entry] of entries.entries()) {
      const name = key(entry);
      if (name === undefined) continue;
      if (seen.has(name)) {
        addIssue(context, `${what} ${JSON.stringify(name)} is repeated`, [index, ...field]);
      }
      seen.add(name);
    }
  };
}
