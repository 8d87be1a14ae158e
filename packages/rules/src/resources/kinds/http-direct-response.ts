import type { z } from 'zod';
import { complain, object } from '../schema/containers.js';
import { text, value, wholeNumber } from '../schema/value.js';

/** Istio's limit (pkg/config/validation, validateHTTPDirectResponse). */
const MAX_BODY_BYTES = 1024 * 1024;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const base64 = value<string>((input) => {
  if (typeof input !== 'string' || !BASE64.test(input)) return false;
  const bytes = Buffer.from(input, 'base64');
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
}, 'text in UTF-8, written in Base64');

/** An answer of the proxy's own. Envoy takes no status above 599, though Istio takes 600. */
export const httpDirectResponse = object({
  status: wholeNumber(200, 599),
  body: object({ string: text.optional(), bytes: base64.optional() })
    .superRefine(({ string, bytes }, context) => {
      if ((string === undefined) === (bytes === undefined))
        complain(context, 'either string or bytes is needed');
      const length = Buffer.byteLength(string ?? '') + Buffer.byteLength(bytes ?? '', 'base64');
      if (length > MAX_BODY_BYTES)
        complain(context, `it has ${length} bytes, at most ${MAX_BODY_BYTES} are allowed`);
    })
    .optional(),
});

/** An answer of the proxy's own. */
export type HTTPDirectResponse = z.infer<typeof httpDirectResponse>;
