import * as fc from 'fast-check';
import { z } from 'zod';

/** Values of which some are valid for every field; a field without a valid one is an error that names it. */
const WORDS = `
  reviews ratings reviews.default.svc.cluster.local *.example.com books.example.com * v1 v2 default shop http / /reviews
  /reviews/0 a|b .* end-user x 7s 10ms 5xx connect-failure,503 mesh default/front . ~ ./* 10.0.0.1 127.0.0.1/32 apps/v1
  config.istio.io/v1alpha2 gateway.networking.k8s.io/v1 gateway.networking.k8s.io/v1beta1 DEFAULT GET HTTP Exact Service Gateway
  HTTPRoute é jason http-web bookinfo/reviews:1`;
const NUMBERS = [0, 1, 2, 25, 50, 80, 100, 200, 301, 503, 8080, 9080, 12.5];
const POOL: readonly unknown[] = [
  ...WORDS.trim().split(/\s+/),
  '',
  ...NUMBERS,
  true,
  false,
  { a: 'b' },
  [],
  null,
];
/** Few, so that selectors often match labels. */
const KEYS = ['app', 'end-user', 'x'];
/** Weight of an optional field's absence, against 1 for its presence. */
const ABSENCE = 3;

/** Returns values that the schema accepts, derived from the schema so that no field is missing. */
export function fromSchema(schema: z.core.$ZodType, path = ''): fc.Arbitrary<unknown> {
  // Rules about several fields together apply here, level by level.
  return shaped(schema, path).filter((value) => z.safeParse(schema, value).success);
}

function shaped(schema: z.core.$ZodType, path: string): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return shaped(inner(schema), path);
  if (schema instanceof z.ZodPipe)
    return shaped(schema.def.in instanceof z.ZodTransform ? schema.def.out : schema.def.in, path);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodUnknown) return fc.constantFrom({}, 'x', 1);
  if (schema instanceof z.ZodArray)
    return fc.array(fromSchema(schema.element, `${path}[]`), { minLength: 1, maxLength: 3 });
  if (schema instanceof z.ZodRecord)
    return fc.dictionary(fc.constantFrom(...KEYS), entryOf(schema.valueType, path), { maxKeys: 2 });
  if (schema instanceof z.ZodObject) return fromShape(schema.shape, path);
  const suiting = candidates(schema).filter((value) => z.safeParse(schema, value).success);
  if (suiting.length === 0) throw new Error(`nothing in the pool suits ${path}`);
  return fc.constantFrom(...suiting);
}

/** Returns one of few texts, so that the selector of one resource often matches the labels of another. */
function entryOf(schema: z.core.$ZodType, path: string): fc.Arbitrary<unknown> {
  const texts = ['v1', 'reviews'].filter((value) => z.safeParse(schema, value).success);
  return texts.length > 0 ? fc.constantFrom(...texts) : fromSchema(schema, `${path}{}`);
}

function fromShape(shape: Readonly<Record<string, z.core.$ZodType>>, path: string): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape).filter(([, field]) => !isUnsupported(field));
  const parts = fields.map(([name, field]) => {
    const part = fc.tuple(fc.constant(name), fromSchema(field, `${path}.${name}`));
    if (!z.safeParse(field, undefined).success) return part;
    return fc.oneof({ weight: ABSENCE, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: part });
  });
  return fc
    .tuple(...parts)
    .map((entries) => Object.fromEntries(entries.filter((entry) => entry !== undefined)));
}

function inner(schema: z.ZodOptional | z.ZodDefault): z.core.$ZodType {
  return schema.def.innerType;
}

function isUnsupported(field: z.core.$ZodType): boolean {
  return z.globalRegistry.get(field)?.['unsupported'] !== undefined;
}

/** Returns the words that a schema's description lists (`one of LEAST_REQUEST, RANDOM`), and the pool. */
function candidates(schema: z.core.$ZodType): readonly unknown[] {
  const description = z.globalRegistry.get(schema)?.description ?? '';
  const words = /^one of (.*)$/.exec(description)?.[1]?.split(', ') ?? [];
  return [...words, ...POOL];
}
