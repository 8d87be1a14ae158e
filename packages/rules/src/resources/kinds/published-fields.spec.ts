import { describe, expect, test } from 'vitest';
import { publishedFields } from '../../testing/published-fields.js';
import { schemaFields } from '../schema-fields.js';
import { type Kind, kinds } from './index.js';

const ISTIO = '@kubernetes-models/istio/networking.istio.io/v1';
const GATEWAY_API = '@kubernetes-models/gateway-api/gateway.networking.k8s.io';

/** Fields of Istio 1.30 and 1.31, which the published schemas are older than. */
const NEWER = ['spec.http.redirect.prefixRewrite', 'spec.tracing.disableContextPropagation'];

describe.each<[Kind, string]>([
  ['VirtualService', `${ISTIO}/VirtualService`],
  ['DestinationRule', `${ISTIO}/DestinationRule`],
  ['ServiceEntry', `${ISTIO}/ServiceEntry`],
  ['Gateway', `${ISTIO}/Gateway`],
  ['Sidecar', `${ISTIO}/Sidecar`],
  ['Telemetry', '@kubernetes-models/istio/telemetry.istio.io/v1/Telemetry'],
  ['HTTPRoute', `${GATEWAY_API}/v1/HTTPRoute`],
  ['Gateway.gateway.networking.k8s.io', `${GATEWAY_API}/v1/Gateway`],
  ['ReferenceGrant', `${GATEWAY_API}/v1beta1/ReferenceGrant`],
])('%s', (kind, module) => {
  const published = [...publishedFields(module)].filter((path) => path.startsWith('spec.'));
  const ours = schemaFields(kinds[kind])
    .map(({ path, use }) => ({ use, path: path.replaceAll(/\[\]|\.<name>/g, '') }))
    .filter(({ path }) => !NEWER.includes(path))
    .filter(({ path }) => path.startsWith('spec.'));

  test('every field of the CustomResourceDefinition is supported, ignored or refused by name', () => {
    const unknown = published.filter(
      (field) =>
        !ours.some(
          ({ path, use }) =>
            path === field || isWithin(path, field) || (use !== 'supported' && isWithin(field, path)),
        ),
    );
    expect(published.length).toBeGreaterThan(0);
    expect(unknown).toEqual([]);
  });

  test('no field is named that the CustomResourceDefinition does not have', () => {
    const leaves = published.filter((field) => !published.some((other) => isWithin(other, field)));
    const invented = ours.filter(
      ({ path }) => !published.includes(path) && !leaves.some((leaf) => isWithin(path, leaf)),
    );
    expect(invented).toEqual([]);
  });
});

function isWithin(path: string, container: string): boolean {
  return path.startsWith(`${container}.`);
}
