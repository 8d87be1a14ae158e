import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { applied, appliedText } from '../../support/applied.ts';
import { viewPage } from '../../support/page.ts';
import { serviceEntry, standIn } from '../../support/stand-in.ts';
import { lacks, target } from '../../support/target/index.ts';

const BOOKS = 'www.googleapis.com';
const VOLUMES = { url: `http://${BOOKS}/books/v1/volumes?q=isbn:0486424618` };

/** Answers as the book service does. */
const volumes: RequestListener = (_request, response) => {
  const volumeInfo = {
    authors: ['William Shakespeare'],
    publishedDate: '2002-01-01',
    printType: 'BOOK',
    pageCount: 64,
    publisher: 'A Stand-in Press',
    language: 'en',
    industryIdentifiers: [
      { type: 'ISBN_10', identifier: '0486424618' },
      { type: 'ISBN_13', identifier: '9780486424613' },
    ],
  };
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ items: [{ volumeInfo }] }));
};

/** Lets workloads reach only hosts that the mesh has. */
const REGISTRY_ONLY = `---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default }
spec: { outboundTrafficPolicy: { mode: REGISTRY_ONLY } }
`;

describe.skipIf(lacks('stand-ins'))('the book service', () => {
  test('a ServiceEntry leads requests of a workload to it, with their host', async () => {
    await using server = await standIn(volumes);
    await using _rules = await appliedText(serviceEntry(BOOKS, server));
    expect((await target.sendAs('details-v1', VOLUMES)).status).toBe(200);
    expect(server.requests.map(({ url, headers }) => [url, headers.host])).toEqual([
      ['/books/v1/volumes?q=isbn:0486424618', BOOKS],
    ]);
  });

  test.skipIf(lacks('Deployments'))('details v2 shows what it says about the book', async () => {
    await using server = await standIn(volumes);
    await using _rules = await appliedText(serviceEntry(BOOKS, server));
    await using _v2 = await applied(
      'platform/kube/bookinfo-details-v2',
      'networking/virtual-service-details-v2',
    );
    await target.whenReady();
    const { html, hops } = await viewPage();
    expect(hops).toContain('details-v2');
    expect(html).toContain('A Stand-in Press');
    expect(server.requests[0]?.headers).not.toHaveProperty('cookie');
  });

  test('a rule may time its requests out', async () => {
    await using server = await standIn(() => undefined);
    await using _rules = await appliedText(
      serviceEntry(BOOKS, server) +
        `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: books }
spec:
  hosts: [${BOOKS}]
  http: [{ timeout: 0.5s, route: [{ destination: { host: ${BOOKS} } }] }]
`,
    );
    const { status, milliseconds } = await target.sendAs('details-v1', VOLUMES);
    expect(status).toBe(504);
    expect(milliseconds).toBeGreaterThan(490);
  });
});

describe.skipIf(lacks('stand-ins'))('under REGISTRY_ONLY', () => {
  test('a host that the mesh lacks is a 502 until a ServiceEntry names it', async () => {
    await using server = await standIn(volumes);
    await using _policy = await appliedText(REGISTRY_ONLY);
    const refused = await target.sendAs('details-v1', VOLUMES);
    expect([refused.status, refused.body]).toEqual([502, '']);
    await target.apply([{ file: 'entry', text: serviceEntry(BOOKS, server) }]);
    expect((await target.sendAs('details-v1', VOLUMES)).status).toBe(200);
    await target.delete([{ file: 'entry', text: serviceEntry(BOOKS, server) }]);
    expect((await target.sendAs('details-v1', VOLUMES)).status).toBe(502);
    expect((await viewPage()).html).not.toContain('currently unavailable');
  });

  test('without the policy, a host that the mesh lacks is reached by its address', async () => {
    await using server = await standIn(volumes);
    const url = `http://${server.address}:${server.port}/`;
    expect((await target.sendAs('details-v1', { url })).status).toBe(200);
  });
});
