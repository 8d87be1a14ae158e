import type { z } from 'zod';
import { complain } from '../schema/containers.js';
import { isHost, type Headers } from './http-headers.js';

/** For `superRefine`: what is sent on as Host can be said once (Istio's validateAuthorityRewrite). */
export function oneHost(
  {
    rewrite,
    headers,
  }: { rewrite?: { authority?: string | undefined } | undefined; headers?: Headers | undefined },
  context: z.core.$RefinementCtx,
): void {
  const { set = {}, add = {} } = headers?.request ?? {};
  const given = [...Object.keys(set), ...Object.keys(add)].filter(isHost);
  if (rewrite?.authority !== undefined) given.unshift('rewrite.authority');
  if (given.length > 1) complain(context, `the Host is rewritten twice, by ${given.join(' and ')}`);
}
