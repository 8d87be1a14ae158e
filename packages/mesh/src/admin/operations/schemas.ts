import { z } from 'zod';
import { kinds, type Kind } from '@bookinfo/rules';

const { strictObject } = z;

/** Schemas that several operations share. */
export const sources = strictObject({
  sources: z.array(strictObject({ file: z.string(), text: z.string() })),
});

export const problem = strictObject({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  message: z.string(),
});

export const notice = problem.extend({ level: z.enum(['warning', 'note']) });

export const changes = strictObject({
  changes: z.array(
    strictObject({
      kind: z.enum(Object.keys(kinds) as [Kind]),
      name: z.string(),
      namespace: z.string(),
      action: z.enum(['created', 'configured', 'unchanged', 'deleted', 'not found']),
    }),
  ),
  notices: z.array(notice),
  warnings: z.array(z.string()),
});
