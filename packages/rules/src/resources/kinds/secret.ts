import { z } from 'zod';
import { addIssue, ignoredFields, mapOf, object } from '../schema/containers.js';
import { oneOf, text } from '../schema/value.js';
import { metadata } from './metadata.js';

/** The type whose data are a certificate and its key, and the names that the API server requires there. */
const TLS_TYPE = 'kubernetes.io/tls';
const TLS_DATA = ['tls.crt', 'tls.key'];

/** A secret value: no message shows it, neither does the one that refuses it. */
function secretText(expected: string, accepts: (input: string) => boolean) {
  return z
    .custom<string>((input) => typeof input === 'string' && accepts(input), {
      error: `the value is not ${expected}`,
      abort: true,
      params: { sentence: true },
    })
    .describe(expected);
}

/** As the API server reads it: line breaks do not count. */
function isBase64(input: string): boolean {
  return /^(?:[\w+/-]{4})*(?:[\w+/-]{2}==|[\w+/-]{3}=)?$/.test(input.replaceAll(/[\r\n]/g, ''));
}

/**
 * Certificates of a Gateway's servers. `data` has the decoded values, among which those of `stringData` have precedence, as the
 * API server does it; an empty spec gives all resources one shape.
 */
export const secret = object({
  apiVersion: oneOf('v1'),
  kind: z.literal('Secret'),
  metadata,
  type: text.default('Opaque'),
  data: mapOf(secretText('base64', isBase64)).default({}),
  stringData: mapOf(secretText('a string', () => true)).default({}),
  ...ignoredFields('immutable'),
})
  .superRefine(({ type, data, stringData }, context) => {
    for (const name of type === TLS_TYPE ? TLS_DATA : [])
      if (data[name] === undefined && stringData[name] === undefined)
        addIssue(context, `a Secret of the type ${TLS_TYPE} needs ${name}`, ['data']);
  })
  .transform(({ data, stringData, ...resource }) => {
    const decoded = Object.entries(data).map(([name, encoded]): [string, string] => [
      name,
      Buffer.from(encoded, 'base64').toString(),
    ]);
    return { ...resource, data: { ...Object.fromEntries(decoded), ...stringData }, spec: {} };
  });
