import { z } from 'zod';
import { formatPath, type FieldPath } from './field-path.js';
import type { Notice } from './problem.js';
import type { PassedOver } from './schema/containers.js';

/** A notice without its position in a file. */
export interface FieldNotice extends Pick<Notice, 'level' | 'message'> {
  path: FieldPath;
}

/** Returns the notices about the parts of a value that its schema passes over. */
export function schemaNotices(schema: z.core.$ZodType, value: unknown, path: FieldPath): FieldNotice[] {
  if (value === undefined) return [];
  const passedOver = z.globalRegistry.get(schema)?.['passedOver'] as PassedOver | undefined;
  const { level = 'note', reason, when } = passedOver ?? {};
  const own: FieldNotice[] =
    reason !== undefined && (when?.(value) ?? true)
      ? [{ path, level, message: `${formatPath(path)} is passed over (${reason})` }]
      : [];
  return [...own, ...inner(schema, value, path)];
}

/** Returns the notices about the parts of the parts. */
function inner(schema: z.core.$ZodType, value: unknown, path: FieldPath): FieldNotice[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return schemaNotices(schema.unwrap(), value, path);
  // A pipe changes the value, before its check or after it.
  if (schema instanceof z.ZodPipe)
    return schemaNotices(schema.in instanceof z.ZodTransform ? schema.out : schema.in, value, path);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, field]) =>
      schemaNotices(field, (value as Record<string, unknown>)[name], [...path, name]),
    );
  if (schema instanceof z.ZodArray)
    return (value as unknown[]).flatMap((entry, index) =>
      schemaNotices(schema.element, entry, [...path, index]),
    );
  return [];
}
