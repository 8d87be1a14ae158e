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
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ClusterRole, ClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { ConfigMap, Secret, Service, ServiceAccount } from 'kubernetes-models/v1';
import { Telemetry } from '@kubernetes-models/istio/telemetry.istio.io/v1';
import type { Manifest } from './deploy-files.ts';

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
  NetworkPolicy,
  HorizontalPodAutoscaler,
  PodDisruptionBudget,
  Secret,
  ConfigMap,
  ClusterRole,
  ClusterRoleBinding,
  Telemetry,
  ClusterIssuer,
  Certificate,
];

/** @throws {Error} when the schema of its kind does not accept the manifest, or there is none. */
export function validate(manifest: Manifest): void {
  const model = models.find(
    ({ apiVersion, kind }) => apiVersion === manifest.apiVersion && kind === manifest.kind,
  );
  if (!model) throw new Error(`no schema for ${manifest.apiVersion} ${manifest.kind}`);
  // The types of the models differ; each constructor takes any manifest of its kind.
  new model(manifest as never).validate();
}
