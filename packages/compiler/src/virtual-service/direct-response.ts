import type { HTTPDirectResponse } from '@bookinfo/rules';
import type { DirectResponseAction } from '@bookinfo/routing';

/** Compiles a direct response; without a body it is empty. */
export function compileDirectResponse({ status, body }: HTTPDirectResponse): DirectResponseAction {
  const text = body?.bytes === undefined ? body?.string : Buffer.from(body.bytes, 'base64').toString('utf8');
  return { kind: 'direct-response', status, body: text ?? '' };
}
