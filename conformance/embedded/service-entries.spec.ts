// The behaviour that docs/route-semantics.md describes under "ServiceEntry and outbound traffic".
import { expect, test } from 'vitest';
import { startBackend, type Backend, ask } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/compiler/testing';
import type { MeshConfig } from '@bookinfo/rules';
import { Proxy } from '@bookinfo/proxy';

const entry = (spec: string): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: books }
spec: ${spec}
`;
const http = (number: number): string => `ports: [{ number: ${number}, name: http, protocol: HTTP }]`;

/** Returns status and body of a workload's request for this URL under the rules. */
async function call(
  rules: string,
  url: string,
  outboundTrafficPolicy: MeshConfig['outboundTrafficPolicy'] = 'ALLOW_ANY',
): Promise<[number, string]> {
  const table = tableOf(rules, undefined, undefined, { outboundTrafficPolicy });
  await using proxy = await Proxy.start({ role: 'sidecar', table });
  const { status, body } = await ask(proxy.port, { url });
  return [status, body];
}

/** A backend that responds with the Host of the request. */
function startEcho(): Promise<Backend> {
  return startBackend('echo', (request, response) => response.end(request.headers.host));
}

test('endpoints with an address are reached under the host of the ServiceEntry', async () => {
  await using backend = await startEcho();
  const { port } = backend.endpoint;
  const endpoints = `endpoints: [{ address: 127.0.0.1, ports: { http: ${port} } }]`;
  const rules = entry(`{ hosts: [books.example.com], ${http(80)}, resolution: STATIC, ${endpoints} }`);
  expect(await call(rules, 'http://books.example.com/')).toEqual([200, 'books.example.com']);
});

test.each(['DNS', 'DNS_ROUND_ROBIN'])('with %s the name of an endpoint is resolved', async (resolution) => {
  await using backend = await startEcho();
  const { port } = backend.endpoint;
  const endpoints = `endpoints: [{ address: localhost, ports: { http: ${port} } }]`;
  const rules = entry(`{ hosts: [books.example.com], ${http(80)}, resolution: ${resolution}, ${endpoints} }`);
  expect(await call(rules, 'http://books.example.com/')).toEqual([200, 'books.example.com']);
});

test('an endpoint whose name does not resolve does not exist', async () => {
  const rules = entry(
    `{ hosts: [books.example.com], ${http(80)}, resolution: DNS, endpoints: [{ address: unknown.invalid }] }`,
  );
  expect(await call(rules, 'http://books.example.com/')).toEqual([503, 'no healthy upstream']);
});

test('with NONE the host that the client called is reached', async () => {
  await using backend = await startEcho();
  const { port } = backend.endpoint;
  const rules = entry(`{ hosts: [localhost], ${http(port)}, resolution: NONE }`);
  expect(await call(rules, `http://localhost:${port}/`)).toEqual([200, `localhost:${port}`]);
});

test('the faults of a VirtualService apply to a host with NONE', async () => {
  await using backend = await startEcho();
  const { port } = backend.endpoint;
  const fault = 'fault: { abort: { percentage: { value: 100 }, httpStatus: 555 } }';
  const route = 'route: [{ destination: { host: books.localhost } }]';
  const rules = `${entry(`{ hosts: [books.localhost], ${http(port)} }`)}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: books }
spec: { hosts: [books.localhost], http: [{ ${fault}, ${route} }] }
`;
  expect(await call(rules, `http://books.localhost:${port}/`)).toEqual([555, 'fault filter abort']);
});

test('under REGISTRY_ONLY a host that a ServiceEntry declares is reached, and any other gives 502', async () => {
  await using backend = await startEcho();
  const { port } = backend.endpoint;
  const rules = entry(`{ hosts: [localhost], ${http(port)} }`);
  expect(await call(rules, `http://localhost:${port}/`, 'REGISTRY_ONLY')).toEqual([200, `localhost:${port}`]);
  expect(await call(rules, `http://127.0.0.1:${port}/`, 'REGISTRY_ONLY')).toEqual([502, '']);
  expect(await call(rules, `http://127.0.0.1:${port}/`)).toEqual([200, `127.0.0.1:${port}`]);
});
