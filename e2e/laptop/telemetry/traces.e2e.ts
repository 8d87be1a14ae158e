import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rule } from '../../support/rules.ts';
import { serviceEntry, standIn } from '../../support/stand-in.ts';
import { missingFor } from '../../support/target/missing.ts';
import { ReportingMesh } from './reporting-mesh.ts';
import { lacksZipkin, startZipkin, type Zipkin } from './zipkin.ts';

const RATINGS = '{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}';

const telemetry = (name: string, app: string, tracing: string): string => `---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: ${name} }
spec: { selector: { matchLabels: { app: ${app} } }, tracing: [${tracing}] }
`;

describe.skipIf(lacksZipkin())('a mesh that reports to Zipkin', () => {
  let zipkin: Zipkin;
  let mesh: ReportingMesh;

  beforeAll(async () => {
    zipkin = await startZipkin();
    mesh = await ReportingMesh.start(zipkin, []);
  });
  afterAll(async () => {
    await mesh[Symbol.asyncDispose]();
    await zipkin[Symbol.asyncDispose]();
  });

  test('a page is one trace, a tree of the calls that were made', async () => {
    const traces = await mesh.tracesOf(
      rule('reviews', { version: 'v2' }),
      `
CLIENT istio-ingressgateway 200
  SERVER productpage 200
    CLIENT productpage 200
      SERVER details 200
    CLIENT productpage 200
      SERVER reviews 200
        CLIENT reviews 200
          SERVER ratings 200`,
    );
    expect(traces).toHaveLength(1);
    const edges = await zipkin.dependencies();
    expect(edges.map(({ parent, child }) => `${parent} -> ${child}`).toSorted()).toEqual([
      'istio-ingressgateway.istio-system -> productpage.default',
      'productpage.default -> details.default',
      'productpage.default -> reviews.default',
      'reviews.default -> ratings.default',
    ]);
  });

  test('an abort is one span with its flag, and the services behind it have none', async () => {
    const traces = await mesh.tracesOf(
      rule('reviews', { version: 'v2', abort: 500 }),
      `
CLIENT istio-ingressgateway 200
  SERVER productpage 200
    CLIENT productpage 200
      SERVER details 200
    CLIENT productpage 500 FI
    CLIENT productpage 500 FI`,
    );
    expect(traces).toHaveLength(1);
  });

  test('a timeout ends the spans of the call, and the call behind it shows its delay', async () => {
    const traces = await mesh.tracesOf(
      rule('reviews', { version: 'v2', timeout: '0.5s' }) + rule('ratings', { version: 'v1', delay: '1s' }),
      `
CLIENT istio-ingressgateway 200
  SERVER productpage 200
    CLIENT productpage 200
      SERVER details 200
    CLIENT productpage 504 UT
      SERVER reviews 0 UT
        CLIENT reviews 200 DI
          SERVER ratings 200
    CLIENT productpage 504 UT
      SERVER reviews 0 UT
        CLIENT reviews 200 DI
          SERVER ratings 200`,
    );
    expect(traces).toHaveLength(1);
  });

  test('each try of a repeated request has a span', async () => {
    let requests = 0;
    await using server = await standIn((_request, response) => {
      requests += 1;
      response.writeHead(requests === 1 ? 503 : 200, { 'content-type': 'application/json' }).end(RATINGS);
    });
    const ratings = `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ratings }
spec:
  hosts: [ratings]
  http:
    - route: [{ destination: { host: ratings.example.com, port: { number: 80 } } }]
      retries: { attempts: 2, retryOn: 5xx }
`;
    const traces = await mesh.tracesOf(
      rule('reviews', { version: 'v2' }) + serviceEntry('ratings.example.com', server) + ratings,
      `
CLIENT istio-ingressgateway 200
  SERVER productpage 200
    CLIENT productpage 200
      SERVER details 200
    CLIENT productpage 200
      SERVER reviews 200
        CLIENT reviews 200
          router reviews 200
          router reviews 503`,
    );
    expect(traces).toHaveLength(1);
  });

  test('the copy for a mirror is a span below the request that it is a copy of', async () => {
    const mirrored = `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
    - route: [{ destination: { host: reviews, subset: v1 } }]
      mirrors: [{ destination: { host: reviews, subset: v2 }, percentage: { value: 100 } }]
`;
    const traces = await mesh.tracesOf(
      mirrored,
      `
CLIENT istio-ingressgateway 200
  SERVER productpage 200
    CLIENT productpage 200
      SERVER details 200
    CLIENT productpage 200
      SERVER reviews 200
      async productpage 200
        SERVER reviews 200
          CLIENT reviews 200
            SERVER ratings 200`,
    );
    expect(traces).toHaveLength(1);
  });

  test('a Telemetry adds tags to the spans of the proxies that it selects, and disables those of others', async () => {
    const [spans = []] = await mesh.tracesOf(
      rule('reviews', { version: 'v2' }) +
        telemetry('tags', 'productpage', '{ customTags: { team: { literal: { value: pages } } } }') +
        telemetry('none', 'reviews', '{ disableSpanReporting: true }'),
      `
CLIENT istio-ingressgateway 200
  SERVER productpage 200
    CLIENT productpage 200
      SERVER details 200
    CLIENT productpage 200
      SERVER reviews 200`,
    );
    const teams = spans.map(({ kind, localEndpoint, tags }) => [
      kind,
      localEndpoint.serviceName,
      tags['team'],
    ]);
    expect(teams.filter(([, , team]) => team !== undefined)).toEqual([
      ['CLIENT', 'productpage.default', 'pages'],
      ['CLIENT', 'productpage.default', 'pages'],
    ]);
  });
});

describe.skipIf(lacksZipkin() || (await missingFor('envoy')) !== undefined)('a mesh of Envoys', () => {
  test('reports the calls of a page as one trace, each under the caller’s name', async () => {
    await using zipkin = await startZipkin();
    await using mesh = await ReportingMesh.start(zipkin, ['--data-plane', 'envoy']);
    const traces = await mesh.tracesOf(
      rule('reviews', { version: 'v2' }) + rule('details', { version: 'v1', abort: 500 }),
      `
CLIENT istio-ingressgateway 200
  CLIENT productpage 200
    CLIENT reviews 200
  CLIENT productpage 500 FI`,
    );
    expect(traces).toHaveLength(1);
  });
});
