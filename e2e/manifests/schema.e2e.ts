import {
  Gateway as KubernetesGateway,
  HTTPRoute,
} from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import { Certificate, ClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1';
import {
  DestinationRule,
  Gateway,
  ServiceEntry,
  Sidecar,
  VirtualService,
} from '@kubernetes-models/istio/networking.istio.io/v1';
import { EnvoyFilter } from '@kubernetes-models/istio/networking.istio.io/v1alpha3';
import {
  AuthorizationPolicy,
  PeerAuthentication,
  RequestAuthentication,
} from '@kubernetes-models/istio/security.istio.io/v1';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1';
import { Secret, Service, ServiceAccount } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { CLUSTER_FOLDERS, type Manifest, manifestsOf, yamlFiles } from './deploy-files.ts';

/** The published schemas of Kubernetes, Istio and the Gateway API. They accept unknown fields. */
const models = [
  Service,
  ServiceAccount,
  Deployment,
  Gateway,
  VirtualService,
  DestinationRule,
  ServiceEntry,
  Sidecar,
  EnvoyFilter,
  AuthorizationPolicy,
  RequestAuthentication,
  PeerAuthentication,
  KubernetesGateway,
  HTTPRoute,
  Ingress,
  Secret,
  ClusterIssuer,
  Certificate,
];

describe.each(CLUSTER_FOLDERS.flatMap(yamlFiles))('%s', (file) => {
  it.each(manifestsOf(file).map((manifest) => [manifest.kind, manifest.metadata?.name, manifest] as const))(
    'has a %s %s that its published schema accepts',
    (_kind, _name, manifest) => {
      expect(() => validate(manifest)).not.toThrow();
    },
  );
});

function validate(manifest: Manifest): void {
  const model = models.find(
    ({ apiVersion, kind }) => apiVersion === manifest.apiVersion && kind === manifest.kind,
  );
  if (!model) throw new Error(`no schema for ${manifest.apiVersion} ${manifest.kind}`);
  // The types of the models differ; each constructor takes any manifest of its kind.
  new model(manifest as never).validate();
}
