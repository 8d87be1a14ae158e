import { expect, vi } from 'vitest';
import type { Observed } from './exchange.js';
import { PASSTHROUGH } from './network.js';
import type { RequestVector } from './rule-sets.js';

/** Request headers of which the comparison did not keep the values. */
const UNRECORDED_REQUEST_HEADERS = [
  'connection',
  'content-length',
  'host',
  'traceparent',
  'transfer-encoding',
  'user-agent',
  'x-envoy-attempt-count',
  'x-envoy-original-host',
  'x-forwarded-proto',
  'x-request-id',
];
const UNRECORDED_RESPONSE_HEADERS = [
  'connection',
  'keep-alive',
  'content-length',
  'content-type',
  'transfer-encoding',
  'date',
  'server',
  'vary',
  'x-envoy-upstream-service-time',
];

const TIME_LEFT = 'x-envoy-expected-rq-timeout-ms';

type Headers = Record<string, string>;

/** Two samples of one distribution have a larger G statistic in fewer than one of 200,000 cases. */
const MAX_G = 25;

/** Asserts that the embedded proxy did as Istio and Envoy. */
export async function expectAgreement(vector: RequestVector, observed: Observed): Promise<void> {
  const { answers: expected } = vector;
  if (typeof expected !== 'string') {
    const message = `${JSON.stringify(observed.answers)}, but istiod ${JSON.stringify(expected)}`;
    expect(gOfSamples(observed.answers, expected), message).toBeLessThan(MAX_G);
    return;
  }
  expect(Object.keys(observed.answers)).toEqual([expected]);
  if (expected === PASSTHROUGH) return;
  const { received, body, headers, seen } = observed;
  expect(
    received && {
      path: received.path,
      host: received.headers.host,
      headers: withFullTime(
        without(UNRECORDED_REQUEST_HEADERS, received.headers),
        vector.received?.headers ?? {},
        observed.afterMs,
      ),
    },
  ).toEqual(vector.received && { headers: {}, ...vector.received });
  expect(body).toBe(vector.body ?? '');
  expect(without(UNRECORDED_RESPONSE_HEADERS, headers)).toEqual(vector.responseHeaders ?? {});
  const ofPods = () => seen.filter(({ pod }) => pod !== PASSTHROUGH);
  if (vector.tries !== undefined) expect(ofPods()).toHaveLength(vector.tries);
  const others = () => new Set(ofPods().flatMap(({ pod }) => (pod === received?.pod ? [] : [pod])));
  if (vector.alsoSeenBy)
    await vi.waitFor(() => expect(others()).toEqual(new Set(vector.alsoSeenBy)), { timeout: 10_000 });
  if (vector.afterMs !== undefined) expect(observed.afterMs).toBeGreaterThanOrEqual(vector.afterMs);
}

/** Returns the headers as if the request had passed in no time; Envoy subtracts the time that it took so far. */
function withFullTime(headers: Headers, recorded: Headers, afterMs: number): Headers {
  const left = Number(headers[TIME_LEFT]);
  const full = Number(recorded[TIME_LEFT]);
  const isLess = left <= full && left >= full - Math.ceil(afterMs);
  return isLess ? { ...headers, [TIME_LEFT]: String(full) } : headers;
}

function without(names: readonly string[], headers: Record<string, string | string[]>): Headers {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(
        ([name]) => !names.includes(name) && !name.startsWith('x-response-') && !name.startsWith('x-b3-'),
      )
      .map(([name, value]) => [name, String(value)]),
  );
}

/** Returns the likelihood ratio statistic G of two samples having one distribution. */
function gOfSamples(one: Record<string, number>, other: Record<string, number>): number {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const totals = [one, other].map((sample) => Object.values(sample).reduce((sum, count) => sum + count, 0));
  const all = (totals[0] ?? 0) + (totals[1] ?? 0);
  const terms = names.flatMap((name) =>
    [one, other].map((sample, index) => {
      const count = sample[name] ?? 0;
      const mean = (((one[name] ?? 0) + (other[name] ?? 0)) * (totals[index] ?? 0)) / all;
      return count === 0 ? 0 : count * Math.log(count / mean);
    }),
  );
  return 2 * terms.reduce((sum, term) => sum + term, 0);
}
