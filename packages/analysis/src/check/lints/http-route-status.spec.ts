import { expect, test } from 'vitest';
import { bookinfoFiles } from '@bookinfo/rules/testing';
import { DEFAULT_MESH_CONFIG, modelOfFiles, formatProblem } from '@bookinfo/rules';
import { shop } from '../../testing/shop.js';
import { check } from '../check.js';
import { formatFinding } from '../finding.js';

const GATEWAY = `---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: door }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP, hostname: '*.example.com' }] }
`;
const SERVICE = "{ group: '', kind: Service, name: reviews }";
const BACKEND = 'backendRefs: [{ name: reviews, port: 9080 }]';

/** Returns the findings for an HTTPRoute with its parentRefs in line 6 and its only rule in line 8. */
function findings(
  parents: string,
  rule = BACKEND,
  hostnames = '[]',
  namespace = 'default',
  gateway = GATEWAY,
): string[] {
  const text = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: route, namespace: ${namespace} }
spec:
  hostnames: ${hostnames}
  parentRefs: ${parents}
  rules:
    - name: only
      ${rule}
${gateway}`;
  const result = modelOfFiles([...bookinfoFiles(), { file: 'r.yaml', text }], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return check(result.model, shop, new Set(['r.yaml'])).map(formatFinding);
}

test('an accepted route has a witness and no warning', () => {
  expect(findings(`[${SERVICE}]`)).toEqual([
    'r.yaml:8: note: reached by GET http://reviews:9080/reviews/0 from details-v1 [witness]',
  ]);
  expect(findings('[{ name: door }]')).toEqual([
    expect.stringContaining('r.yaml:8: note: reached by GET http://'),
  ]);
});

test.each([
  ['[]', 'r.yaml:4: warning: without parentRefs this route applies to no request [route-without-parent]'],
  [
    '[{ name: gate }]',
    'r.yaml:6: warning: not accepted: there is no Gateway default/gate of gateway.networking.k8s.io [not-accepted]',
  ],
  [
    '[{ name: door, sectionName: https }]',
    'r.yaml:6: warning: not accepted: Gateway default/door does not take it: it has no listener https [not-accepted]',
  ],
  [
    '[{ name: door, port: 8080 }]',
    'r.yaml:6: warning: not accepted: Gateway default/door does not take it: it does not listen to port 8080 [not-accepted]',
  ],
  [
    "[{ group: '', kind: Service, name: missing }]",
    'r.yaml:6: warning: not accepted: there is no Service default/missing [not-accepted]',
  ],
  [
    "[{ group: '', kind: Service, name: reviews, port: 80 }]",
    'r.yaml:6: warning: not accepted: Service default/reviews has no port 80 (it has 9080) [not-accepted]',
  ],
])('parentRefs: %s', (parents, finding) => {
  expect(findings(parents)).toContain(finding);
});

test('a route with hostnames of no listener, or from another namespace, is not accepted', () => {
  expect(findings('[{ name: door }]', BACKEND, '[example.org]')).toContain(
    "r.yaml:6: warning: not accepted: Gateway default/door does not take it: listener http is for *.example.com, which is none of the route's hostnames [not-accepted]",
  );
  const elsewhere = findings('[{ name: door, namespace: default }]', BACKEND, '[]', 'shop');
  expect(elsewhere).toContain(
    'r.yaml:6: warning: not accepted: Gateway default/door does not take it: listener http takes routes of the namespace default only [not-accepted]',
  );
});

test.each(['[{ name: door }]', `[${SERVICE}]`])(
  'a route to %s with a filter that Istio has for rules only is not accepted',
  (parents) => {
    const filter = '{ type: URLRewrite, urlRewrite: { hostname: a.com } }';
    expect(findings(parents, BACKEND.replace('9080', `9080, filters: [${filter}]`))).toContain(
      'r.yaml:6: warning: not accepted: Istio has no filter URLRewrite of a backend (write it in the filters of the rule) [not-accepted]',
    );
  },
);

test('a route from a namespace whose labels the listener does not select is not accepted', () => {
  const namespaces =
    '{ from: Selector, selector: { matchLabels: { team: b }, matchExpressions: [{ key: old, operator: DoesNotExist }] } }';
  const gateway = GATEWAY.replace(
    "'*.example.com'",
    `'*.example.com', allowedRoutes: { namespaces: ${namespaces} }`,
  );
  const shopNamespace = `---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: a } }
`;
  expect(
    findings('[{ name: door, namespace: default }]', BACKEND, '[]', 'shop', gateway + shopNamespace),
  ).toContain(
    'r.yaml:6: warning: not accepted: Gateway default/door does not take it: listener http takes routes of namespaces with team=b,!old only (shop has team=a,kubernetes.io/metadata.name=shop) [not-accepted]',
  );
});

test.each([
  ['backendRefs: [{ name: missing, port: 80 }]', 'there is no Service default/missing'],
  ['backendRefs: [{ name: reviews, port: 80 }]', 'reviews has no port 80 (it has 9080)'],
  ['backendRefs: [{ group: example.com, kind: Bucket, name: b }]', 'a Bucket is no kind of backend'],
  [
    'backendRefs: [{ name: reviews, namespace: shop, port: 80 }]',
    'no ReferenceGrant of the namespace shop lets HTTPRoutes of default send to reviews',
  ],
  [
    `filters: [{ type: RequestMirror, requestMirror: { backendRef: { name: missing, port: 80 } } }]\n      ${BACKEND}`,
    'there is no Service default/missing',
  ],
])('a rule with %s has a warning for what does not resolve', (rule, unresolvedReason) => {
  expect(findings('[{ name: door }]', rule)).toContain(
    `r.yaml:9: warning: not resolved: ${unresolvedReason} [unresolved-backend]`,
  );
});
