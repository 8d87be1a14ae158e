import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '@bookinfo/effects';
import { AdminClient } from '@bookinfo/mesh';
import type { Span } from '@bookinfo/telemetry';
import { rule } from '../../support/rules.ts';
import { outputHas, type Running, start } from '../../support/run.ts';
import { rulesOfTest, sourceOf, STARTING_RULES } from '../../support/sources.ts';
import { serviceEntry, standIn } from '../../support/stand-in.ts';
import { drawnTrace } from './drawn-trace.ts';
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
  let up: Running;
  let admin: AdminClient;
  let pageUrl: string;
  let views = 0;

  beforeAll(async () => {
    zipkin = await startZipkin();
    const [port, adminPort] = [await freePort(), await freePort()];
    const ports = ['--port', `${port}`, '--admin-port', `${adminPort}`];
    up = start('packages/cli/bin/bookinfo.js', ['up', ...ports, '--zipkin', zipkin.url]);
    pageUrl = `http://localhost:${port}/productpage`;
    await outputHas(up, pageUrl);
    admin = new AdminClient(adminPort);
  });
  afterAll(async () => {
    up.process.kill('SIGINT');
    await up.finished;
    await zipkin[Symbol.asyncDispose]();
  });

  /** Views the page under the rules, and returns its traces once they have this tree. */
  async function tracesOf(rules: string, tree: string): Promise<Span[][]> {
    const files = [rulesOfTest(rules)];
    await admin.apply(files);
    views += 1;
    const agent = `view ${views}`;
    await (await fetch(pageUrl, { headers: { 'user-agent': agent } })).text();
    let traces: Span[][] = [];
    const lines = async (): Promise<string[]> => {
      traces = await zipkin.tracesWith('user_agent', agent);
      return drawnTrace(traces.flat());
    };
    await expect.poll(lines).toEqual(tree.trim().split('\n'));
    await admin.delete(files);
    await admin.apply(STARTING_RULES.map(sourceOf));
    return traces;
  }

  test('a page is one trace, a tree of the calls that were made', async () => {
    const traces = await tracesOf(
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
    const traces = await tracesOf(
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
    const traces = await tracesOf(
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
    const traces = await tracesOf(
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
    const traces = await tracesOf(
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
    const [spans = []] = await tracesOf(
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
