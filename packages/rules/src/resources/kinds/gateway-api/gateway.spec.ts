import { expect, test } from 'vitest';
import { problemsOfSpec } from '../../../testing/problems-of-spec.js';

const gateway = (spec: string): string[] => problemsOfSpec('Gateway', spec, 'gateway.networking.k8s.io/v1');
const listener = (fields: string): string[] =>
  gateway(`{ gatewayClassName: istio, listeners: [{ name: http, ${fields} }] }`);
const selector = (conditions: string): string =>
  `port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: { ${conditions} } } }`;

test.each([
  ['port: 80, protocol: HTTP'],
  ['port: 443, protocol: HTTPS'],
  ['port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: a, namespace: b }] }'],
  ['port: 80, protocol: HTTP, hostname: "*.example.com", allowedRoutes: { namespaces: { from: All } }'],
  [selector('matchLabels: { team: a }')],
  [
    selector(
      'matchExpressions: [{ key: team, operator: In, values: [a, b] }, { key: old, operator: DoesNotExist }]',
    ),
  ],
])('accepts a listener with %s', (fields) => {
  expect(listener(fields)).toEqual([]);
});

test.each([
  [listener('port: 80, protocol: QUIC'), 'spec.listeners[0].protocol: "QUIC" is not one of HTTP, HTTPS'],
  [
    listener('port: 80, protocol: HTTP, tls: { certificateRefs: [{ name: a }] }'),
    'spec.listeners[0].tls: it needs the protocol HTTPS',
  ],
  [
    listener('port: 443, protocol: HTTPS, tls: { mode: Passthrough, certificateRefs: [{ name: a }] }'),
    'spec.listeners[0].tls.mode: "Passthrough" is not one of Terminate',
  ],
  [
    listener('port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: a }, { name: b }] }'),
    'spec.listeners[0].tls.certificateRefs: a list is not a list of one Secret',
  ],
  [
    listener('port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector } }'),
    'spec.listeners[0].allowedRoutes.namespaces: from: Selector needs a selector',
  ],
  [
    listener(selector('matchExpressions: [{ key: team, operator: In }]')),
    'spec.listeners[0].allowedRoutes.namespaces.selector.matchExpressions[0]: In needs values',
  ],
  [
    listener(selector('matchExpressions: [{ key: team, operator: Exists, values: [a] }]')),
    'spec.listeners[0].allowedRoutes.namespaces.selector.matchExpressions[0].values: Exists has no values',
  ],
  [
    gateway('{ gatewayClassName: nginx, listeners: [{ name: a, port: 80, protocol: HTTP }] }'),
    'spec.gatewayClassName: "nginx" is not one of istio',
  ],
  [
    gateway(
      '{ gatewayClassName: istio, listeners: [{ name: a, port: 80, protocol: HTTP }, { name: b, port: 80, protocol: HTTP }] }',
    ),
    'spec.listeners[1].port: the port and hostname "80 " is repeated',
  ],
])('refuses %j', (problems, message) => {
  expect(problems).toEqual([message]);
});
