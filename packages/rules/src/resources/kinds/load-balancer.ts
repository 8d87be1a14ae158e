import { TOKEN } from '@bookinfo/text';
import type { z } from 'zod';
import { addIssue, object, passedOverFields, unsupportedFields } from '../schema/containers.js';
import { duration, durationOrZero } from '../schema/duration.js';
import { headerName } from '../schema/header.js';
import { boolean, oneOf, percentage, text, textLike, value } from '../schema/value.js';

/** The name of a cookie is a token, like that of a header (RFC 6265, 4.1.1). */
const cookieName = textLike(TOKEN, 'the name of a cookie');
const cookiePath = textLike(/^\/[\x21-\x3a\x3c-\x7e]*$/, 'a path, like /');

const MAX_RING_SIZE = 8_388_608;
const ringSize = value<number>(
  (input) => Number.isSafeInteger(input) && Number(input) >= 0 && Number(input) <= MAX_RING_SIZE,
  `a whole number from 0 to ${MAX_RING_SIZE} (Istio accepts more, but Envoy refuses it)`,
);

const tableSize = value<number>(
  (input) => typeof input === 'number' && input < 5_000_011 && isPrime(input),
  'a prime number below 5000011',
);

/** Without any of them a request has no hash, and gets a random endpoint. */
const HASH_KEYS = ['httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'] as const;

const consistentHash = object({
  httpHeaderName: headerName.optional(),
  httpCookie: object({
    name: cookieName,
    path: cookiePath.optional(),
    ttl: durationOrZero.optional(),
    ...unsupportedFields({ attributes: 'the cookie has a path and a lifetime only' }),
  }).optional(),
  useSourceIp: boolean.optional(),
  httpQueryParameterName: text.optional(),
  ringHash: object({ minimumRingSize: ringSize.optional() }).optional(),
  maglev: object({ tableSize }).optional(),
  minimumRingSize: ringSize.optional(),
}).superRefine((hash, context) => {
  const keys = HASH_KEYS.filter((key) => hash[key] !== undefined && hash[key] !== false);
  if (keys.length > 1) addIssue(context, `${keys.join(' and ')} exclude each other`);
  const algorithms = (['ringHash', 'maglev', 'minimumRingSize'] as const).filter(
    (key) => hash[key] !== undefined,
  );
  if (algorithms.length > 1) addIssue(context, `${algorithms.join(' and ')} exclude each other`);
});

/** The time in which new endpoints reach their full share. Istio has other load balancers disregard it. */
const warmup = object({
  duration,
  minimumPercent: percentage.default(10),
  aggression: value<number>((input) => typeof input === 'number' && input >= 1, 'a number from 1 up').default(
    1,
  ),
});

/** The choice of the endpoint for a request. LEAST_CONN is the old name of LEAST_REQUEST. */
export const loadBalancer = object({
  simple: oneOf(
    'UNSPECIFIED',
    'LEAST_REQUEST',
    'LEAST_CONN',
    'RANDOM',
    'ROUND_ROBIN',
    'PASSTHROUGH',
  ).optional(),
  consistentHash: consistentHash.optional(),
  warmup: warmup.optional(),
  /** Deprecated: a warmup with the default values. */
  warmupDurationSecs: duration.optional(),
  ...passedOverFields({ localityLbSetting: 'all endpoints are in one locality here' }, 'warning'),
}).superRefine((settings, context) => {
  if (settings.simple !== undefined && settings.consistentHash)
    addIssue(context, 'simple and consistentHash exclude each other');
});

function isPrime(number: number): boolean {
  if (!Number.isSafeInteger(number) || number < 2) return false;
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false;
  return true;
}

/** The choice of the endpoint for a request. */
export type LoadBalancerSettings = z.infer<typeof loadBalancer>;
/** The choice of the endpoint by a hash of the request. */
export type ConsistentHashLB = z.infer<typeof consistentHash>;
