import { z } from 'zod';

/** A field of a kind, as its schema has it. */
export interface SchemaField {
  /** `spec.http[].route[].weight`; `<name>` stands for a key that is free. */
  path: string;
  use: 'supported' | 'inert' | 'refused';
  /** What it takes, or why it is refused; empty for an inert one. */
  meaning: string;
  /** By the object around it. */
  isRequired: boolean;
}

/** All fields of a schema that hold a value, those around them left out, in the schema's order. */
export function schemaFields(schema: z.core.$ZodType, path = ''): SchemaField[] {
  return fieldsOf(schema, path, true);
}

function fieldsOf(schema: z.core.$ZodType, path: string, isRequired: boolean): SchemaField[] {
  const { refused, inert } = z.globalRegistry.get(schema) ?? {};
  if (typeof refused === 'string') return [{ path, use: 'refused', meaning: refused, isRequired: false }];
  if (inert === true) return [{ path, use: 'inert', meaning: '', isRequired: false }];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return fieldsOf(schema.unwrap(), path, false);
  // What is between is a change of the value, before its check or after it.
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
  if (meaning === undefined) throw new TypeError(`the schema of ${path} does not say what it takes`);
  return meaning;
}
