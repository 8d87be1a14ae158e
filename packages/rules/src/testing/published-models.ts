import { Gateway as KubernetesGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { ReferenceGrant } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1beta1/ReferenceGrant';
import { DestinationRule } from '@kubernetes-models/istio/networking.istio.io/v1/DestinationRule';
import { Gateway } from '@kubernetes-models/istio/networking.istio.io/v1/Gateway';
import { ServiceEntry } from '@kubernetes-models/istio/networking.istio.io/v1/ServiceEntry';
import { Sidecar } from '@kubernetes-models/istio/networking.istio.io/v1/Sidecar';
import { Telemetry } from '@kubernetes-models/istio/telemetry.istio.io/v1/Telemetry';
import { VirtualService } from '@kubernetes-models/istio/networking.istio.io/v1/VirtualService';

const MODELS = [
  VirtualService,
  DestinationRule,
  ServiceEntry,
  Sidecar,
  Telemetry,
  Gateway,
  HTTPRoute,
  KubernetesGateway,
  ReferenceGrant,
];

/**
 * Checks a manifest by the schema of its CustomResourceDefinition. Kinds without one are accepted.
 *
 * @throws {Error} when the schema refuses the manifest, with the reason.
 */
export function checkByPublishedSchema(manifest: Readonly<Record<string, unknown>>): void {
  const { apiVersion, kind } = manifest;
  const Model = MODELS.find((model) => model.apiVersion === apiVersion && model.kind === kind);
  if (Model) new Model(manifest as never).validate();
}
