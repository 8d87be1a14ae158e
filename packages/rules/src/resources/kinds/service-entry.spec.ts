import { expect, test } from 'vitest';
import { problemsOfSpec } from '../../testing/problems-of-spec.js';

const http = 'ports: [{ number: 80, name: http, protocol: HTTP }]';

test.each([
  `{ hosts: [books.example.com], ${http} }`,
  `{ hosts: ['*.example.com'], ${http}, resolution: NONE, location: MESH_INTERNAL }`,
  `{ hosts: [a.example.com], ${http}, resolution: DNS, addresses: [10.1.2.3, '::1'], exportTo: ['.', other] }`,
  `{ hosts: ['*.example.com'], ${http}, resolution: STATIC, endpoints: [{ address: '::1', ports: { http: 8080 }, labels: { version: v1 } }] }`,
  `{ hosts: [a.example.com], ${http}, resolution: STATIC, workloadSelector: { labels: { app: a } }, addresses: [10.0.0.0/8] }`,
])('accepts %s', (spec) => {
  expect(problemsOfSpec('ServiceEntry', spec)).toEqual([]);
});

test.each([
  [`{ hosts: ['*'], ${http} }`, 'spec.hosts[0]: "*" is not allowed (name a host, or *.domain)'],
  [
    '{ hosts: [a.com], ports: [{ number: 1, name: a, protocol: SPDY }] }',
    'spec.ports[0].protocol: "SPDY" is not one of HTTP, HTTP2, GRPC, GRPC-WEB, HTTPS, TLS, TCP, UDP, MONGO, MYSQL, REDIS, in any case',
  ],
  [
    `{ hosts: [a.com], ${http}, resolution: DYNAMIC_DNS }`,
    'spec.resolution: "DYNAMIC_DNS" is not one of NONE, STATIC, DNS, DNS_ROUND_ROBIN',
  ],
  [
    `{ hosts: ['*.a.com'], ${http}, resolution: DNS }`,
    'spec.hosts[0]: a wildcard cannot be looked up (use the resolution NONE, or endpoints)',
  ],
  [
    `{ hosts: [a.com], ${http}, endpoints: [{ address: 127.0.0.1 }] }`,
    'spec.endpoints: the resolution NONE has no endpoints (use STATIC or DNS)',
  ],
  [
    `{ hosts: [a.com], ${http}, resolution: STATIC }`,
    'spec.resolution: STATIC needs endpoints or a workloadSelector',
  ],
  [
    `{ hosts: [a.com], ${http}, resolution: STATIC, endpoints: [{ address: b.com }] }`,
    'spec.endpoints[0].address: "b.com" is not an IP address (use the resolution DNS for names)',
  ],
  [
    `{ hosts: [a.com], ${http}, resolution: DNS, endpoints: [{ address: b.com, ports: { web: 80 } }] }`,
    'spec.endpoints[0].ports.web: spec.ports has no port with this name',
  ],
  [
    `{ hosts: [a.com], ${http}, resolution: DNS_ROUND_ROBIN, endpoints: [{ address: b.com }, { address: c.com }] }`,
    'spec.endpoints: the resolution DNS_ROUND_ROBIN has at most one endpoint',
  ],
  [
    `{ hosts: [a.com], ${http}, resolution: DNS, workloadSelector: { labels: { app: a } } }`,
    'spec.workloadSelector: it needs the resolution STATIC',
  ],
  [
    `{ hosts: [a.com], ${http}, resolution: DNS, addresses: [10.0.0.0/8] }`,
    'spec.addresses[0]: ranges need the resolution NONE or STATIC',
  ],
  [
    `{ hosts: [a.com], ${http}, addresses: [10.0.0.0/33] }`,
    'spec.addresses[0]: "10.0.0.0/33" is not an IP address, or a range like 10.0.0.0/8',
  ],
  [
    `{ hosts: [a.com], ${http}, resolution: STATIC, endpoints: [{ address: 127.0.0.1, weight: 4294967295 }, { address: 127.0.0.2 }] }`,
    'spec.endpoints: the sum of their weights is greater than 4294967295, which Envoy refuses',
  ],
])('refuses %s', (spec, message) => {
  expect(problemsOfSpec('ServiceEntry', spec)).toEqual([message]);
});
