import { expect, test } from 'vitest';
import { DEFAULT_MESH_CONFIG, modelOf, type Client } from '@bookinfo/rules';
import { INGRESS, PODS, resourcesOf, SIDECAR } from '@bookinfo/rules/testing';
import { compileWithLeftOut } from './compile.js';

const SERVICES = `
apiVersion: v1
kind: Service
metadata: { name: reviews }
spec: { selector: { app: reviews }, ports: [{ port: 9080, name: http }] }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api }
spec: { hosts: [api.example.com], resolution: DNS, ports: [{ number: 443, name: https, protocol: HTTPS }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front }
spec: { selector: {}, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: egress }
spec: { selector: { app: egress }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
`;
const TO_REVIEWS = 'route: [{ destination: { host: reviews } }]';
const rule = (name: string, spec: string, namespace = 'default'): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
---
`;
const route = (namespace: string, spec: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: route, namespace: ${namespace} }
spec: ${spec}
---
`;

const IMPORT_OWN = `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: own }
spec: { egress: [{ hosts: ['./*'] }] }
---
`;

/** Returns the resources and rules that the proxy lacks, each with its code and reason. */
function leftOut(rules: string, client: Client): string[] {
  const model = modelOf(resourcesOf(SERVICES + rules), PODS, DEFAULT_MESH_CONFIG);
  return compileWithLeftOut(model, client).leftOut.map(
    ({ resource, code, reason }) => `${resource.split('/').at(-1)} ${code}: ${reason}`,
  );
}

test.each([
  [
    'gateways without mesh',
    rule('a', `{ hosts: [reviews], gateways: [front], http: [{ ${TO_REVIEWS} }] }`),
    ['a not-for-mesh: its gateways [front] lack mesh, so no sidecar has it'],
  ],
  [
    'a host that the registry lacks',
    rule('a', `{ hosts: [missing], http: [{ ${TO_REVIEWS} }] }`),
    [expect.stringMatching(/^a unknown-host: no Service or ServiceEntry has the host missing\.default\.svc/)],
  ],
  [
    'a port of another protocol',
    rule('a', `{ hosts: [api.example.com], http: [{ ${TO_REVIEWS} }] }`),
    [expect.stringMatching(/^a port-not-http: port 443 of api\.example\.com is not HTTP/)],
  ],
  [
    'exportTo',
    rule('a', `{ hosts: [reviews], exportTo: [.], http: [{ ${TO_REVIEWS} }] }`, 'other'),
    ['a not-exported: its exportTo [.] leaves out the namespace default of the client'],
  ],
  [
    'an older rule',
    rule('a', `{ hosts: [reviews], http: [{ ${TO_REVIEWS} }] }`) +
      rule('b', `{ hosts: [reviews], http: [{ ${TO_REVIEWS} }] }`),
    [
      expect.stringMatching(
        /^b older-rule: VirtualService\/default\/a \(.*\) has the host reviews\S* too and comes first/,
      ),
    ],
  ],
  [
    'a more specific host',
    rule('a', `{ hosts: ['*.default.svc.cluster.local'], http: [{ ${TO_REVIEWS} }] }`) +
      rule('b', `{ hosts: [reviews], http: [{ ${TO_REVIEWS} }] }`),
    [expect.stringMatching(/^a less-specific-host: its host \*\.default\S* covers reviews/)],
  ],
  [
    'a HTTPRoute for the Service',
    rule('a', `{ hosts: [reviews], http: [{ ${TO_REVIEWS} }] }`) +
      route(
        'default',
        "{ parentRefs: [{ group: '', kind: Service, name: reviews }], rules: [{ backendRefs: [{ name: reviews, port: 9080 }] }] }",
      ),
    [expect.stringMatching(/^a http-route-first: HTTPRoute\/default\/route/)],
  ],
  [
    'a consumer route of another namespace',
    route(
      'team',
      "{ parentRefs: [{ group: '', kind: Service, name: reviews, namespace: default }], rules: [{ backendRefs: [{ name: reviews, namespace: default, port: 9080 }] }] }",
    ),
    [expect.stringMatching(/^route consumer-route: its namespace team is not that of reviews \(default\)/)],
  ],
  [
    'conditions on the client, and rules after a catch-all',
    rule(
      'a',
      `{ hosts: [reviews], http: [
        { match: [{ port: 80 }], ${TO_REVIEWS} },
        { match: [{ gateways: [front] }], ${TO_REVIEWS} },
        { match: [{ sourceLabels: { app: x, version: v1 } }], ${TO_REVIEWS} },
        { match: [{ sourceNamespace: other }], ${TO_REVIEWS} },
        { ${TO_REVIEWS} },
        { ${TO_REVIEWS} }] }`,
    ),
    [
      'a match-port: its match is for port 80 only',
      'a match-gateways: its match is for the gateways [front] only',
      'a source-labels: its sourceLabels app=x, version=v1 select other clients',
      'a source-namespace: its sourceNamespace other is not that of the client',
      expect.stringMatching(/^a after-catch-all: the rule in line \d+ takes every request before it/),
    ],
  ],
  [
    'delegates that are not there, or match something else',
    rule(
      'a',
      '{ hosts: [reviews], http: [{ delegate: { name: none } }, { match: [{ uri: { prefix: /a } }], delegate: { name: leaf } }] }',
    ) + rule('leaf', `{ http: [{ match: [{ uri: { prefix: /b } }], ${TO_REVIEWS} }] }`),
    [
      expect.stringMatching(/^a missing-delegate: the VirtualService default\/none/),
      expect.stringMatching(/^leaf delegate-does-not-fit: it matches what/),
    ],
  ],
  [
    'a Sidecar that does not import its namespace',
    rule('a', `{ hosts: [reviews.default.svc.cluster.local], http: [{ ${TO_REVIEWS} }] }`, 'shop') +
      IMPORT_OWN,
    [
      expect.stringMatching(
        /^a not-imported: Sidecar\/default\/own \(rules\.yaml:\d+\) does not import reviews\.default\.svc\.cluster\.local from the namespace shop$/,
      ),
    ],
  ],
  [
    'a Sidecar that does not import the Service',
    rule('a', `{ hosts: [reviews], http: [{ ${TO_REVIEWS} }] }`) +
      IMPORT_OWN.replace('./*', './*.example.com') +
      rule('b', `{ hosts: [c.example.com, reviews], http: [{ ${TO_REVIEWS} }] }`),
    [
      expect.stringMatching(
        /^a not-imported: .* does not import reviews\.default\.svc\.cluster\.local from the namespace default$/,
      ),
      expect.stringMatching(/^b unknown-host: /),
      expect.stringMatching(
        /^b not-imported: Sidecar\/default\/own .* does not import the Service of reviews\.default\.svc\.cluster\.local, so that sidecars have it at port 80 only$/,
      ),
      'own not-imported: it does not import reviews.default.svc.cluster.local from the namespace default, so that its sidecars treat it as an unknown host',
    ],
  ],
])('a sidecar lacks a rule because of %s', (_, rules, expected) => {
  expect(leftOut(rules, SIDECAR)).toEqual(expected);
});

test.each([
  [
    'it names no Gateway',
    rule('a', `{ hosts: [shop.example.com], http: [{ ${TO_REVIEWS} }] }`),
    ['a not-for-gateway: it names no Gateway, so that only sidecars have it'],
  ],
  [
    'there is no such Gateway',
    rule('a', `{ hosts: [shop.example.com], gateways: [none], http: [{ ${TO_REVIEWS} }] }`),
    ['a unknown-gateway: there is no Gateway default/none'],
  ],
  [
    'the Gateway is for another proxy',
    rule('a', `{ hosts: [shop.example.com], gateways: [egress], http: [{ ${TO_REVIEWS} }] }`),
    ['a gateway-selector: the selector of Gateway default/egress selects no gateway of this mesh'],
  ],
  [
    'the Gateway has other hosts',
    rule('a', `{ hosts: [api.example.com], gateways: [front], http: [{ ${TO_REVIEWS} }] }`),
    [
      expect.stringMatching(
        /^a gateway-hosts: Gateway default\/front \(.*\) has the hosts \[shop\.example\.com\], none of which covers api/,
      ),
    ],
  ],
  [
    'the Gateway has a host in other letters',
    rule('a', `{ hosts: [shop.example.com], gateways: [capital], http: [{ ${TO_REVIEWS} }] }`) +
      `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: capital }
spec: { selector: {}, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [Shop.example.com] }] }
`,
    [
      expect.stringMatching(
        /none of which covers shop\.example\.com \(write Shop\.example\.com in lower case, which is how Istio reads the hosts of a VirtualService\)$/,
      ),
    ],
  ],
])('the ingress gateway lacks a rule because %s', (_, rules, expected) => {
  expect(leftOut(rules, INGRESS)).toEqual(expected);
});
