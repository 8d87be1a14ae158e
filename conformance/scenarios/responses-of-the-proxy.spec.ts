// The behaviour that docs/route-semantics.md describes under "Responses of the proxy".
import { describe, expect, test } from 'vitest';
import { deadEndpoint, startTcpBackend } from '@bookinfo/testing';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { virtualService } from '../support/resources.js';

const RESET = 'upstream connect error or disconnect/reset before headers.';

/** An external host, `partner.example.com`, at that port of this machine. */
const partner = (port: number): string => `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: partner }
spec:
  hosts: [partner.example.com]
  ports: [{ number: 80, name: http, protocol: HTTP, targetPort: ${port} }]
  resolution: STATIC
  endpoints: [{ address: 127.0.0.1 }]
`;
const URL = 'http://partner.example.com/';
const route = (more: string): string =>
  virtualService(
    'partner.example.com',
    `[{ ${more} route: [{ destination: { host: partner.example.com } }] }]`,
    'partner',
  );

describe.each(ENGINES)('responses of the proxy, on %s', (engine) => {
  const mesh = useMesh(engine);

  test('a refused connection: 503 with the reason, after retries with the latest one', async () => {
    const { port } = await deadEndpoint('partner');
    await mesh.rules(partner(port));
    expect(await mesh.ask(URL)).toMatchObject({
      status: 503,
      body: expect.stringContaining(
        `${RESET} retried and the latest reset reason: remote connection failure`,
      ),
    });
    await mesh.rules(partner(port) + route('retries: {},'));
    expect(await mesh.ask(URL)).toMatchObject({
      status: 503,
      body: expect.stringContaining(`${RESET} reset reason: remote connection failure`),
      headers: { 'content-type': 'text/plain', server: 'istio-envoy' },
    });
  });

  test.each(['end', 'resetAndDestroy'] as const)(
    'a backend that closes (%s) before it responds: 503',
    async (how) => {
      await using backend = await startTcpBackend('partner', (socket) =>
        socket.once('data', () => socket[how]()),
      );
      await mesh.rules(partner(backend.endpoint.port));
      expect(await mesh.ask(URL, { method: 'POST', body: 'x' })).toMatchObject({
        status: 503,
        body: `${RESET} reset reason: connection termination`,
      });
    },
  );

  test.each([
    ['that is not HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    [
      'with two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n',
    ],
  ])('an response %s: 502 protocol error', async (_, bytes) => {
    await using backend = await startTcpBackend('partner', (socket) =>
      socket.once('data', () => socket.write(bytes)),
    );
    await mesh.rules(partner(backend.endpoint.port));
    expect(await mesh.ask(URL)).toMatchObject({ status: 502, body: `${RESET} reset reason: protocol error` });
  });

  test('a backend that never responds, with a timeout: 504', async () => {
    await using backend = await startTcpBackend('partner', () => undefined);
    await mesh.rules(partner(backend.endpoint.port) + route('timeout: 0.1s,'));
    expect(await mesh.ask(URL)).toMatchObject({ status: 504, body: 'upstream request timeout' });
  });

  test('only the response of a backend has x-envoy-upstream-service-time', async () => {
    await mesh.rules(partner(mesh.portOf('ratings-v1')));
    expect((await mesh.ask(URL)).headers).toMatchObject({
      server: 'istio-envoy',
      'x-envoy-upstream-service-time': expect.stringMatching(/^\d+$/),
    });
  });
});
