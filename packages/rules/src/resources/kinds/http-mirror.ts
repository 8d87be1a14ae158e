import type { z } from 'zod';
import { complain, list, object } from '../schema/containers.js';
import { wholeNumber } from '../schema/value.js';
import { destination } from './destination.js';
import { percent } from './percent.js';

/** Fields of a rule that send copies of its requests elsewhere; old names count where the new one is absent. */
export const httpMirror = {
  mirror: destination.optional(),
  mirrorPercentage: percent.optional(),
  mirrorPercent: wholeNumber(0, 100).optional(),
  mirror_percent: wholeNumber(0, 100).optional(),
  mirrors: list(object({ destination, percentage: percent.optional() })).default([]),
};

/** What a rule says of copies. */
export type HTTPMirror = { [Name in keyof typeof httpMirror]?: z.infer<(typeof httpMirror)[Name]> };

/** For `superRefine` on a rule. A percentage without a mirror means nothing, as in Istio. */
export function oneMirrorField({ mirror, mirrors = [] }: HTTPMirror, context: z.core.$RefinementCtx): void {
  if (mirror && mirrors.length > 0) complain(context, 'mirror and mirrors exclude each other');
}
