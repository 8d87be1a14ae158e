import type { z } from 'zod';
import { addIssue, list, object } from '../schema/containers.js';
import { wholeNumber } from '../schema/value.js';
import { destination } from './destination.js';
import { percent } from './percent.js';

/** Fields of a rule that mirror its requests; the deprecated names count if the new one is absent. */
export const httpMirror = {
  mirror: destination.optional(),
  mirrorPercentage: percent.optional(),
  mirrorPercent: wholeNumber(0, 100).optional(),
  mirror_percent: wholeNumber(0, 100).optional(),
  mirrors: list(object({ destination, percentage: percent.optional() })).default([]),
};

/** The fields of a rule that mirror its requests. */
export type HTTPMirror = { [Name in keyof typeof httpMirror]?: z.infer<(typeof httpMirror)[Name]> };

/** Checks a rule, for `superRefine`. A percentage without a mirror is ignored, as in Istio. */
export function oneMirrorField({ mirror, mirrors = [] }: HTTPMirror, context: z.core.$RefinementCtx): void {
  if (mirror && mirrors.length > 0) addIssue(context, 'mirror and mirrors exclude each other');
}
