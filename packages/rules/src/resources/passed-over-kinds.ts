import type { PassedOver } from './schema/containers.js';

const PODS = 'its pods do not run here';
const CLUSTER = 'it concerns a cluster only';
const NOT_HTTP = 'only HTTP is routed';
const NO_ISSUER = 'its certificates are not issued here';
const AS_IT_IS = 'what it changes in a response is not changed here';

/** Kinds that routes of HTTP do not depend on, with their groups, and the reasons. */
const NOTES: Readonly<Record<string, string>> = {
  ConfigMap: 'programs are configured by their environment here',
  PersistentVolumeClaim: CLUSTER,
  LimitRange: CLUSTER,
  ResourceQuota: CLUSTER,
  'Job.batch': CLUSTER,
  'CronJob.batch': CLUSTER,
  'Role.rbac.authorization.k8s.io': CLUSTER,
  'RoleBinding.rbac.authorization.k8s.io': CLUSTER,
  'ClusterRole.rbac.authorization.k8s.io': CLUSTER,
  'ClusterRoleBinding.rbac.authorization.k8s.io': CLUSTER,
  'CustomResourceDefinition.apiextensions.k8s.io': CLUSTER,
  'HorizontalPodAutoscaler.autoscaling': CLUSTER,
  'PodDisruptionBudget.policy': CLUSTER,
  'GatewayClass.gateway.networking.k8s.io': 'istio is the only class here',
  'TCPRoute.gateway.networking.k8s.io': NOT_HTTP,
  'TLSRoute.gateway.networking.k8s.io': NOT_HTTP,
  'UDPRoute.gateway.networking.k8s.io': NOT_HTTP,
  'PeerAuthentication.security.istio.io': 'connections between workloads are plain text here',
  'IstioOperator.install.istio.io': CLUSTER,
  'ProxyConfig.networking.istio.io': 'the proxies here have no such settings',
  'WorkloadGroup.networking.istio.io': CLUSTER,
  'Certificate.cert-manager.io': NO_ISSUER,
  'Issuer.cert-manager.io': NO_ISSUER,
  'ClusterIssuer.cert-manager.io': NO_ISSUER,
};

/** Kinds that change responses in a cluster, with the difference. */
const WARNINGS: Readonly<Record<string, string>> = {
  Pod: PODS,
  'StatefulSet.apps': PODS,
  'DaemonSet.apps': PODS,
  'ReplicaSet.apps': PODS,
  'Ingress.networking.k8s.io': 'the ingress gateway does not serve its routes here',
  'NetworkPolicy.networking.k8s.io': 'connections that it forbids are made here',
  'RequestAuthentication.security.istio.io':
    'a cluster answers 401 to requests with an invalid token, which are served here',
  'AuthorizationPolicy.security.istio.io':
    'a cluster answers 403 to the requests that it denies, which are served here',
  'EnvoyFilter.networking.istio.io': AS_IT_IS,
  'WasmPlugin.extensions.istio.io': AS_IT_IS,
  'WorkloadEntry.networking.istio.io': 'it is no endpoint of a ServiceEntry here',
  'GRPCRoute.gateway.networking.k8s.io': 'requests of gRPC are routed as if it did not exist',
};

/** Returns why documents of a kind are passed over, or undefined for other kinds. */
export function passedOverKind(apiVersion: unknown, kind: unknown): PassedOver | undefined {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const name = apiVersion.includes('/') ? `${kind}.${apiVersion.split('/')[0]}` : kind;
  const reasonIn = (reasons: Readonly<Record<string, string>>): string | undefined =>
    Object.hasOwn(reasons, name) ? reasons[name] : undefined;
  const note = reasonIn(NOTES);
  if (note !== undefined) return { level: 'note', reason: note };
  const warning = reasonIn(WARNINGS);
  return warning === undefined ? undefined : { level: 'warning', reason: warning };
}
