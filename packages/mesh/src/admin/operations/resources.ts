import { z } from 'zod';
import { changes, sources } from './schemas.js';

const { strictObject } = z;

const cells = z.array(z.string()).readonly();
const table = strictObject({ columns: cells, rows: z.array(cells).readonly() });

/** The resources of the mesh. */
export const RESOURCE_OPERATIONS = {
  get: {
    method: 'GET',
    path: '/resources',
    request: strictObject({ kind: z.string().optional(), name: z.string().optional() }),
    response: strictObject({
      tables: z.array(table),
      items: z.array(z.looseObject({})),
    }),
  },
  /** The resources in force as YAML, with the lines whose rules requests have met. */
  rules: {
    method: 'GET',
    path: '/rules',
    request: strictObject({}),
    response: strictObject({
      resources: z.array(
        strictObject({
          kind: z.string(),
          namespace: z.string(),
          name: z.string(),
          /** The file that it was applied from. */
          file: z.string(),
          yaml: z.string(),
          /** Lines of `yaml`, from 1. */
          lines: z.array(strictObject({ line: z.number(), hits: z.number() })),
        }),
      ),
    }),
  },
  /** With `strict`, notices are problems. */
  apply: {
    method: 'POST',
    path: '/apply',
    request: sources.extend({ strict: z.boolean() }),
    response: changes,
  },
  delete: { method: 'POST', path: '/delete', request: sources, response: changes },
} as const;
