import { describe, expect, test, beforeAll, afterAll } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { target } from '../../support/target/index.ts';
import { rule } from '../../support/rules.ts';
import { signIn, viewPage } from '../../support/page.ts';

/**
 * A rule for each service aborts requests that carry the header, so a header that was propagated to a service makes that
 * service fail, which the page shows.
 */
const HEADERS =
  'x-request-id tracestate baggage sw8 x-ot-span-context grpc-trace-bin x-cloud-trace-context ' +
  'x-datadog-trace-id x-datadog-parent-id x-datadog-sampling-priority user-agent cookie authorization jwt';

const VALUE = 'a=passed-on';

/** A proxy that records spans writes the headers of B3 and W3C anew, with the same trace and the same decision about sampling. */
const TRACE = '463ac35c9f6413ad48485a3953bb6124';
const SPAN = 'a2fb4a1d1a96d312';
const TRACES: [string, Record<string, string>, string][] = [
  ['x-b3-traceid', { 'x-b3-traceid': TRACE, 'x-b3-spanid': SPAN }, `x-b3-traceid: { exact: "${TRACE}" }`],
  ['traceparent', { traceparent: `00-${TRACE}-${SPAN}-01` }, `traceparent: { regex: "00-${TRACE}-.*" }`],
  ['x-b3-sampled', { 'x-b3-sampled': '0' }, 'x-b3-sampled: { exact: "0" }'],
];

const HOPS = [
  { host: 'details', from: 'productpage', sign: 'Error fetching product details' },
  { host: 'reviews', from: 'productpage', sign: 'Error fetching product reviews' },
  { host: 'ratings', from: 'reviews', sign: 'Ratings service is currently unavailable' },
];

const abortOn = (host: string, matches: string[]) => `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: probe-${host} }
spec:
  hosts: [${host}]
  http:
    - match:
${matches.map((match) => `        - { headers: { ${match} } }`).join('\n')}
      fault: { abort: { percentage: { value: 100 }, httpStatus: 500 } }
      route: [{ destination: { host: ${host} } }]
    - route: [{ destination: { host: ${host}, subset: ${host === 'reviews' ? 'v3' : 'v1'} } }]
`;

/** Returns the page for a request of another workload: the gateway of Envoys replaces x-request-id. */
const pageFor = async (headers: Record<string, string>): Promise<string> =>
  (await target.sendAs('ratings-v1', { url: 'http://productpage:9080/productpage', headers })).body;

describe.each(HOPS)('from $from to $host', ({ host, sign }) => {
  let rules: AsyncDisposable;
  const yaml = abortOn(host, [
    ...HEADERS.split(' ').map((name) => `${name}: { exact: "${VALUE}" }`),
    ...TRACES.map(([, , match]) => match),
  ]);

  beforeAll(async () => {
    rules = await appliedText(host === 'ratings' ? rule('reviews', { version: 'v3' }) + yaml : yaml);
  });
  afterAll(() => rules[Symbol.asyncDispose]());

  test.each(HEADERS.split(' '))('%s passes unchanged', async (name) => {
    expect(await pageFor({ [name]: VALUE })).toContain(sign);
  });

  test.each(TRACES)('the trace of %s goes on', async (_, headers) => {
    expect(await pageFor(headers)).toContain(sign);
  });

  test('a header that is not on the list does not pass', async () => {
    expect(await pageFor({ 'x-unlisted': VALUE })).not.toContain(sign);
  });
});

describe.each(HOPS)('end-user from $from to $host', ({ host, sign }) => {
  const yaml = abortOn(host, ['end-user: { exact: jason }']);

  test('comes from the session, not from the client', async () => {
    await using _rules = await appliedText(
      host === 'ratings' ? rule('reviews', { version: 'v3' }) + yaml : yaml,
    );
    expect((await viewPage(await signIn('jason'))).html).toContain(sign);
    expect((await viewPage({ 'end-user': 'jason' })).html).not.toContain(sign);
    expect((await viewPage({ ...(await signIn('anne')), 'end-user': 'jason' })).html).not.toContain(sign);
  });
});
