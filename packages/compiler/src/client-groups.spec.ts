import { expect, test } from 'vitest';
import { INGRESS, resourcesOf } from '@bookinfo/rules/testing';
import { ClientGroups } from './client-groups.js';
import type { Client } from '@bookinfo/rules';

const sidecar = (app: string, version: string, namespace = 'default'): Client => ({
  kind: 'sidecar',
  namespace,
  labels: { version, app },
});
const rule = (match: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], http: [{ match: [${match}], route: [{ destination: { host: reviews } }] }] }
`;
const v1 = sidecar('reviews', 'v1');
const v2 = sidecar('reviews', 'v2');

/** Whether the first two of the clients are in one group. */
function share(match: string, ...clients: Client[]): boolean {
  const [one, other] = [...new ClientGroups().represent(clients, resourcesOf(rule(match))).values()];
  return one === other;
}

test('clients of a namespace share a table where no rule asks for their labels', () => {
  expect(share('{ uri: { exact: /a } }', v1, v2)).toBe(true);
  expect(share('{ sourceLabels: { app: reviews } }', v1, v2)).toBe(true);
});

test('clients that a rule could tell apart, of other namespaces or kinds, do not share one', () => {
  expect(share('{ sourceLabels: { version: v3 } }', v1, v2)).toBe(false);
  expect(share('{}', v1, sidecar('reviews', 'v1', 'shop'))).toBe(false);
  expect(share('{}', { ...INGRESS, kind: 'sidecar' }, INGRESS)).toBe(false);
});

test('a group keeps its representative, by which routes are remembered', () => {
  const groups = new ClientGroups();
  const first = groups.represent([v1], []).get(v1);
  expect(groups.represent([v2], []).get(v2)).toBe(first);
});
