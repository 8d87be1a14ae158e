import { describe, expect, test } from 'vitest';
import { appliedText } from '../../support/applied.ts';
import { gatewayRule } from '../../support/gateway-rule.ts';
import { underLoad } from '../../support/load.ts';
import { lackOfPage } from '../../support/page.ts';
import { garbler, serviceEntry } from '../../support/stand-in.ts';
import { lacks, target } from '../../support/target/index.ts';

/** Requests that are sent while a service garbles. */
const PAGES = 20;

const GARBAGE: [string, string][] = [
  ['bytes that are no HTTP', '\u0000\u0001garbage\r\n\r\n'],
  ['half a head', 'HTTP/1.1 200 OK\r\ncontent-le'],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 7\r\n\r\nhello'],
];

const ROUTE = 'route: [{ destination: { host: garbage.example.com, port: { number: 80 } } }]';

const toGarbler = (service: string) =>
  service === 'productpage'
    ? gatewayRule(`{ match: [{ uri: { exact: /productpage } }], ${ROUTE} }`)
    : `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${service} }
spec: { hosts: [${service}], http: [{ ${ROUTE} }] }
`;

describe.skipIf(lacks('stand-ins'))('garbage', () => {
  describe.each(GARBAGE)('%s', (_name, bytes) => {
    test.each([
      ['details', 'details-v1', 'reviews-v1'],
      ['reviews', 'reviews-v1', 'productpage-v1'],
      ['ratings', 'ratings-v1', 'reviews-v2'],
    ])(
      'from %s are an error of the proxy for its client, and cost no page',
      async (service, _pod, client) => {
        await using server = await garbler(Buffer.from(bytes, 'latin1'));
        await using _rules = await appliedText(
          serviceEntry('garbage.example.com', server) + toGarbler(service),
        );
        const { status } = await target.sendAs(client, { url: `http://${service}:9080/${service}/0` });
        expect([502, 503]).toContain(status);
        const lacking = await underLoad(lackOfPage, async (load) => {
          await load.next(PAGES);
        });
        const lost = lacking.filter((lack) => lack !== undefined && !lack.includes('currently unavailable'));
        expect(lost).toEqual([]);
      },
    );

    test('from productpage are an error of the ingress, which serves on', async () => {
      await using server = await garbler(Buffer.from(bytes, 'latin1'));
      {
        await using _rules = await appliedText(
          serviceEntry('garbage.example.com', server) + toGarbler('productpage'),
        );
        expect(await lackOfPage()).toMatch(/^status 50[23]/);
        expect((await fetch(`${target.ingressUrl}/api/v1/products`)).status).toBe(200);
      }
      expect(await lackOfPage()).toBeUndefined();
    });
  });
});
