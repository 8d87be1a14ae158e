import { expect, test } from 'vitest';
import { noticesOfSpec, problemsOfSpec } from '../../testing/problems-of-spec.js';

test.each([
  ['{}', 'spec.host is missing (it should be a host name, *.domain or *)'],
  ['{ host: a, subsets: [{ name: v1 }, { name: v1 }] }', 'spec.subsets[1].name: subset "v1" is repeated'],
  [
    "{ host: reviews, subsets: [{ name: v1, labels: { '': v1 } }] }",
    'spec.subsets[0].labels: "" is not the key of a label, like version or example.com/version',
  ],
  [
    '{ host: a, subsets: [{ name: v1, labels: { version: 1 } }] }',
    'spec.subsets[0].labels.version: 1 is not a label value (a string of letters, digits, "-", "_" and ".", at most 63 characters; put numbers in quotes)',
  ],
  [
    '{ host: a, trafficPolicy: { loadBalancer: { simple: FASTEST } } }',
    'spec.trafficPolicy.loadBalancer.simple: "FASTEST" is not one of UNSPECIFIED, LEAST_REQUEST, LEAST_CONN, RANDOM, ROUND_ROBIN, PASSTHROUGH',
  ],
  [
    '{ host: a, trafficPolicy: { proxyProtocol: {} } }',
    'spec.trafficPolicy.proxyProtocol is not supported (pods get no PROXY header before a request here)',
  ],
  [
    '{ host: a, trafficPolicy: { tls: { mode: MUTUAL } } }',
    'spec.trafficPolicy.tls.mode: "MUTUAL" is not one of DISABLE, SIMPLE, ISTIO_MUTUAL',
  ],
  [
    '{ host: a, trafficPolicy: { tls: { mode: SIMPLE, caCertificates: /etc/ca.pem } } }',
    'spec.trafficPolicy.tls.caCertificates: "/etc/ca.pem" is not one of system',
  ],
  [
    '{ host: a, trafficPolicy: { tls: { mode: DISABLE, sni: a } } }',
    'spec.trafficPolicy.tls.sni: it needs the mode SIMPLE',
  ],
  [
    '{ host: a, workloadSelector: { matchLabels: { app: a } }, exportTo: [b] }',
    'spec.exportTo: a rule with a workloadSelector is for its own namespace only',
  ],
  [
    '{ host: a, trafficPolicy: { portLevelSettings: [{ port: { number: 1 }, connectionPool: { tcp: {} } }, { port: { number: 1 }, connectionPool: { tcp: {} } }] } }',
    'spec.trafficPolicy.portLevelSettings[1].port.number: port "1" is repeated',
  ],
  [
    '{ host: a, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: a, useSourceIp: true } } } }',
    'spec.trafficPolicy.loadBalancer.consistentHash: httpHeaderName and useSourceIp exclude each other',
  ],
  [
    '{ host: a, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: a, minimumRingSize: 2, maglev: { tableSize: 3 } } } } }',
    'spec.trafficPolicy.loadBalancer.consistentHash: maglev and minimumRingSize exclude each other',
  ],
  [
    '{ host: a, trafficPolicy: {} }',
    'spec.trafficPolicy: one of loadBalancer, connectionPool, outlierDetection, tls is needed',
  ],
  [
    '{ host: a, trafficPolicy: { portLevelSettings: [{ port: { number: 1 } }] } }',
    'spec.trafficPolicy.portLevelSettings[0]: one of loadBalancer, connectionPool, outlierDetection, tls is needed',
  ],
  [
    '{ host: a, trafficPolicy: { connectionPool: {} } }',
    'spec.trafficPolicy.connectionPool: tcp or http is needed',
  ],
  [
    '{ host: a, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: a, maglev: {} } } } }',
    'spec.trafficPolicy.loadBalancer.consistentHash.maglev.tableSize is missing (it should be a prime number below 5000011)',
  ],
  [
    '{ host: a, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: a, minimumRingSize: 8388609 } } } }',
    'spec.trafficPolicy.loadBalancer.consistentHash.minimumRingSize: 8388609 is not a whole number from 0 to 8388608 (Istio accepts more, but Envoy refuses it)',
  ],
  [
    '{ host: a, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: a, maglev: { tableSize: 10 } } } } }',
    'spec.trafficPolicy.loadBalancer.consistentHash.maglev.tableSize: 10 is not a prime number below 5000011',
  ],
  [
    '{ host: a, trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { ttl: 1s } } } } }',
    'spec.trafficPolicy.loadBalancer.consistentHash.httpCookie.name is missing (it should be the name of a cookie)',
  ],
  [
    '{ host: a, trafficPolicy: { loadBalancer: { simple: RANDOM, consistentHash: { useSourceIp: true } } } }',
    'spec.trafficPolicy.loadBalancer: simple and consistentHash exclude each other',
  ],
  [
    '{ host: a, trafficPolicy: { connectionPool: { http: { h2UpgradePolicy: UPGRADE } } } }',
    'spec.trafficPolicy.connectionPool.http.h2UpgradePolicy: "UPGRADE" is not DEFAULT or DO_NOT_UPGRADE (pods get every request by HTTP/1.1 here)',
  ],
  [
    '{ host: a, trafficPolicy: { connectionPool: { tcp: { maxConnectionDuration: 1s } } } }',
    'spec.trafficPolicy.connectionPool.tcp.maxConnectionDuration is not supported (connections are closed by idleTimeout only)',
  ],
  [
    '{ host: a, trafficPolicy: { outlierDetection: { consecutiveLocalOriginFailures: 3 } } }',
    'spec.trafficPolicy.outlierDetection.consecutiveLocalOriginFailures: it needs splitExternalLocalOriginErrors: true',
  ],
  [
    '{ host: a, trafficPolicy: { outlierDetection: { consecutiveError: 3 } } }',
    'spec.trafficPolicy.outlierDetection.consecutiveError is not known here (known: baseEjectionTime, consecutive5xxErrors, consecutiveErrors, consecutiveGatewayErrors, consecutiveLocalOriginFailures, interval, maxEjectionPercent, minHealthPercent, splitExternalLocalOriginErrors)',
  ],
])('refuses %s', (spec, message) => {
  expect(problemsOfSpec('DestinationRule', spec)).toEqual([message]);
});

test('consecutiveErrors is passed over with a warning', () => {
  const spec = '{ host: a, trafficPolicy: { outlierDetection: { consecutiveErrors: 3 } } }';
  expect(problemsOfSpec('DestinationRule', spec)).toEqual([]);
  expect(noticesOfSpec('DestinationRule', spec)).toEqual([
    'warning: spec.trafficPolicy.outlierDetection.consecutiveErrors is passed over (deprecated and without effect in Istio: use consecutive5xxErrors or consecutiveGatewayErrors)',
  ]);
});

test('localities are passed over with a warning', () => {
  const spec =
    '{ host: a, trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN, localityLbSetting: { enabled: false } } } }';
  expect(problemsOfSpec('DestinationRule', spec)).toEqual([]);
  expect(noticesOfSpec('DestinationRule', spec)).toEqual([
    'warning: spec.trafficPolicy.loadBalancer.localityLbSetting is passed over (all endpoints are in one locality here)',
  ]);
});

test.each([
  ['warmup: { duration: 10s, minimumPercent: 0, aggression: 1.5 }', []],
  ['simple: RANDOM, warmup: { duration: 10s }', []],
  ['warmupDurationSecs: 45s', []],
  [
    'warmup: { minimumPercent: 10 }',
    [
      'warmup.duration is missing (it should be a duration in whole milliseconds, like 7s, 500ms or 1h2m, from 1ms to 596h)',
    ],
  ],
  [
    'warmup: { duration: 10s, minimumPercent: 101 }',
    ['warmup.minimumPercent: 101 is not a number from 0 to 100'],
  ],
  ['warmup: { duration: 10s, aggression: 0.5 }', ['warmup.aggression: 0.5 is not a number from 1 up']],
])('the problems of the load balancer { %s } are %j', (loadBalancer, problems) => {
  const spec = `{ host: a, trafficPolicy: { loadBalancer: { ${loadBalancer} } } }`;
  const messages = problems.map((each) => `spec.trafficPolicy.loadBalancer.${each}`);
  expect(problemsOfSpec('DestinationRule', spec)).toEqual(messages);
});
