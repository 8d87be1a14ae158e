import { expect, test } from 'vitest';
import { noticesOfSpec, problemsOfSpec } from '../../testing/problems-of-spec.js';

test.each([
  "{ egress: [{ hosts: ['./*', 'istio-system/*', '*/*.example.com', '~/*', shop/reviews.shop.svc.cluster.local] }] }",
  "{ workloadSelector: { labels: { app: a } }, egress: [{ hosts: ['*/*'], captureMode: IPTABLES }] }",
  '{ outboundTrafficPolicy: { mode: ALLOW_ANY } }',
  "{ egress: [{ hosts: ['./*'] }], outboundTrafficPolicy: { mode: REGISTRY_ONLY } }",
])('accepts %s', (spec) => {
  expect(problemsOfSpec('Sidecar', spec)).toEqual([]);
});

const HOST = 'namespace/host with a full host name, *.domain or *, and ., *, ~ or a name as namespace';

test.each([
  ['{}', 'spec: one of egress, ingress, outboundTrafficPolicy and inboundConnectionPool is needed'],
  ['{ egress: [{ hosts: [] }] }', 'spec.egress[0].hosts: [] is not a list of at least 1'],
  ['{ egress: [{ hosts: [./reviews] }] }', `spec.egress[0].hosts[0]: "./reviews" is not ${HOST}`],
  ["{ egress: [{ hosts: ['*'] }] }", `spec.egress[0].hosts[0]: "*" is not ${HOST}`],
  [
    "{ egress: [{ hosts: ['./*'] }, { hosts: ['./*'] }] }",
    'spec.egress[1]: only one entry without a port is allowed',
  ],
  [
    "{ egress: [{ hosts: ['./*'], port: { number: 80, protocol: HTTP, name: http } }] }",
    'spec.egress[0].port is not supported (the hosts of egress are imported for all ports alike)',
  ],
  [
    "{ egress: [{ hosts: ['./*'], bind: 127.0.0.1 }] }",
    'spec.egress[0].bind is not supported (the hosts of egress are imported for all ports alike)',
  ],
  [
    "{ egress: [{ hosts: ['./*'], captureMode: NONE }] }",
    'spec.egress[0].captureMode: "NONE" is not DEFAULT or IPTABLES (the requests of a workload always go through its sidecar here)',
  ],
  [
    '{ outboundTrafficPolicy: { mode: ALLOW_ANY, egressProxy: { host: a.com } } }',
    'spec.outboundTrafficPolicy.egressProxy is not supported (unknown hosts are called directly)',
  ],
])('refuses %s', (spec, message) => {
  expect(problemsOfSpec('Sidecar', spec)).toEqual([message]);
});

test.each([
  [
    "{ ingress: [{ port: { number: 9080, protocol: HTTP, name: http }, defaultEndpoint: '127.0.0.1:8080' }] }",
    'warning: spec.ingress is passed over (requests reach its workloads at the ports of their Services here)',
  ],
  [
    '{ inboundConnectionPool: { tcp: { maxConnections: 1 } } }',
    'warning: spec.inboundConnectionPool is passed over (connections of other workloads to its workloads have no limits here)',
  ],
])('warns of %s', (spec, notice) => {
  expect(noticesOfSpec('Sidecar', spec)).toEqual([notice]);
});
