import { z } from 'zod';
import type { PassedOver } from './schema/containers.js';

/** A field in the schema of a kind. */
export interface SchemaField {
  /** `spec.http[].route[].weight`; `<name>` is any key. */
  path: string;
  use: 'supported' | 'ignored' | 'passed over' | 'unsupported';
  /** The values that it takes, or the reason why it is refused or passed over; empty for an ignored one. */
  meaning: string;
  /** True if the object around it needs it. */
  isRequired: boolean;
}

/**
 * Returns all fields of a schema that hold a value, without the objects around them, in the schema's order.
 *
 * @throws {TypeError} when the schema of a field has no description.
 */
export function schemaFields(schema: z.core.$ZodType, path = ''): SchemaField[] {
  return fieldsOf(schema, path, true);
}

function fieldsOf(schema: z.core.$ZodType, path: string, isRequired: boolean): SchemaField[] {
  const { unsupported, ignored, passedOver } = z.globalRegistry.get(schema) ?? {};
  if (typeof unsupported === 'string')
    return [{ path, use: 'unsupported', meaning: unsupported, isRequired: false }];
  const { when, reason } = (passedOver ?? {}) as Partial<PassedOver>;
  if (reason !== undefined && !when)
    return [{ path, use: 'passed over', meaning: reason, isRequired: false }];
  if (ignored === true) return [{ path, use: 'ignored', meaning: '', isRequired: false }];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return fieldsOf(schema.unwrap(), path, false);
  // A pipe changes the value, before its check or after it.
  if (schema instanceof z.ZodPipe)
    return fieldsOf(schema.in instanceof z.ZodTransform ? schema.out : schema.in, path, isRequired);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, field]) =>
      fieldsOf(field, path === '' ? name : `${path}.${name}`, true),
    );
  if (schema instanceof z.ZodArray) return fieldsOf(schema.element, `${path}[]`, isRequired);
  if (schema instanceof z.ZodRecord) return fieldsOf(schema.valueType, `${path}.<name>`, false);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => fieldsOf(option, path, false));
  return [{ path, use: 'supported', meaning: meaningOf(schema, path), isRequired }];
}

function meaningOf(schema: z.core.$ZodType, path: string): string {
  if (schema instanceof z.ZodLiteral) return [...schema.values].join(', ');
  const meaning = z.globalRegistry.get(schema)?.description;
  if (meaning === undefined) throw new TypeError(`the schema of ${path} has no description`);
  return meaning;
}
