import type { z } from 'zod';
import { addIssue } from '../schema/containers.js';
import { isHost, type Headers } from './http-headers.js';

/** Checks that the Host is rewritten only once, for `superRefine` (Istio's validateAuthorityRewrite). */
export function oneHost(
  {
    rewrite,
    headers,
  }: { rewrite?: { authority?: string | undefined } | undefined; headers?: Headers | undefined },
  context: z.core.$RefinementCtx,
): void {
  const { set = {}, add = {} } = headers?.request ?? {};
  const rewrites = [...Object.keys(set), ...Object.keys(add)].filter(isHost);
  if (rewrite?.authority !== undefined) rewrites.unshift('rewrite.authority');
  if (rewrites.length > 1) addIssue(context, `the Host is rewritten twice, by ${rewrites.join(' and ')}`);
}
