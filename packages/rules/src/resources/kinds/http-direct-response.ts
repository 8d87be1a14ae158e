import type { z } from 'zod';
import { addIssue, object } from '../schema/containers.js';
import { responseStatus } from '../schema/status-codes.js';
import { text, value } from '../schema/value.js';

/** Istio's limit, in bytes (pkg/config/validation, validateHTTPDirectResponse). */
const MAX_BODY_BYTES = 1024 * 1024;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const base64 = value<string>((input) => {
  if (typeof input !== 'string' || !BASE64.test(input)) return false;
  const bytes = Buffer.from(input, 'base64');
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
}, 'text in UTF-8, written in Base64');

/** A response that the proxy sends itself. */
export const httpDirectResponse = object({
  status: responseStatus,
  body: object({ string: text.optional(), bytes: base64.optional() })
    .superRefine(({ string, bytes }, context) => {
      if ((string === undefined) === (bytes === undefined))
        addIssue(context, 'either string or bytes is needed');
      const length = Buffer.byteLength(string ?? '') + Buffer.byteLength(bytes ?? '', 'base64');
      if (length > MAX_BODY_BYTES)
        addIssue(context, `it has ${length} bytes, at most ${MAX_BODY_BYTES} are allowed`);
    })
    .optional(),
});

/** A response that the proxy sends itself. */
export type HTTPDirectResponse = z.infer<typeof httpDirectResponse>;
