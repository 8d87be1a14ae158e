export { checkedIstioVersion, istioHas, OLDEST_ISTIO } from './model/istio-version.js';
export { DEFAULT_MESH_CONFIG, type MeshConfig } from './model/mesh-config.js';
export { type MeshAtTime, modelOfFiles } from './model/model-of-files.js';
export { modelOf } from './model/model-of.js';
export type { Client, Model } from './model/model.js';
export {
  byAge,
  type Change,
  type ResourceStore,
  type StoredResource,
  withoutResources,
  withResources,
} from './model/resource-store.js';
export { versionProblems } from './model/version-problems.js';
export { visibleTo } from './registry/export-to.js';
export { CLUSTER_DOMAIN, hostCovers, hostSpecificity, resolveHost, serviceHost } from './registry/host.js';
export { hasLabels, type Labels, selects, selectorText } from './registry/labels.js';
export { plannedPods } from './registry/planned-pods.js';
export type { Pod } from './registry/pod.js';
export { selectEndpoints } from './registry/select-endpoints.js';
export {
  buildRegistry,
  type RegisteredService,
  type Registry,
  type ServicePort,
} from './registry/registry.js';
export { ROOT_NAMESPACE } from './registry/root-namespace.js';
export { parseDuration } from './resources/duration.js';
export type { FieldPath } from './resources/field-path.js';
export type { ClientTLSSettings } from './resources/kinds/client-tls.js';
export type { ConnectionPoolSettings } from './resources/kinds/connection-pool.js';
export type { Container, Probe } from './resources/kinds/container.js';
export type { CorsPolicy } from './resources/kinds/cors-policy.js';
export type { Destination } from './resources/kinds/destination.js';
export { type BackendReference, isHostname } from './resources/kinds/gateway-api/backend-reference.js';
export { GATEWAY_API_GROUP } from './resources/kinds/gateway-api/common.js';
export type { CorsFilter } from './resources/kinds/gateway-api/cors-filter.js';
export type { Listener } from './resources/kinds/gateway-api/gateway.js';
export type { HeaderModifier } from './resources/kinds/gateway-api/header-filter.js';
export type { HTTPRouteFilter, RequestMirror } from './resources/kinds/gateway-api/http-route-filter.js';
export type { HTTPRouteMatch } from './resources/kinds/gateway-api/http-route-match.js';
export type { HTTPBackendReference, HTTPRouteRule } from './resources/kinds/gateway-api/http-route.js';
export {
  isGateway,
  isService,
  isServiceEntry,
  type ParentReference,
} from './resources/kinds/gateway-api/parent-reference.js';
export type { RequestRedirect, URLRewrite } from './resources/kinds/gateway-api/url-filters.js';
export type { HTTPDirectResponse } from './resources/kinds/http-direct-response.js';
export type { HTTPFaultInjection } from './resources/kinds/http-fault.js';
export { type HeaderOperations, type Headers, isHost } from './resources/kinds/http-headers.js';
export type { HTTPMatchRequest, StringMatch } from './resources/kinds/http-match.js';
export type { HTTPMirror } from './resources/kinds/http-mirror.js';
export type { HTTPRedirect } from './resources/kinds/http-redirect.js';
export type { HTTPRetry } from './resources/kinds/http-retry.js';
export type { HTTPRewrite } from './resources/kinds/http-rewrite.js';
export { type Kind, kinds } from './resources/kinds/index.js';
export type { ConsistentHashLB, LoadBalancerSettings } from './resources/kinds/load-balancer.js';
export type { OutlierDetectionSettings } from './resources/kinds/outlier-detection.js';
export type { IstioHTTPRoute, HTTPRouteDestination } from './resources/kinds/virtual-service.js';
export { parseResources } from './resources/parse-resources.js';
export { formatNotice, formatProblem, type Notice, type Problem } from './resources/problem.js';
export {
  type Deployment,
  type DestinationRule,
  type Gateway,
  type HTTPRoute,
  isOfKind,
  kindOf,
  type KubernetesGateway,
  originOf,
  type ReferenceGrant,
  type Resource,
  resourceKey,
  type ResourceOf,
  type Secret,
  type Sidecar,
  type Telemetry,
  type VirtualService,
} from './resources/resource.js';
export { type ResourceYaml, resourceYaml } from './resources/resource-yaml.js';
export type { Source } from './resources/yaml-documents.js';
export { conversionText } from './v1alpha2/conversion-text.js';
export { convertV1alpha2 } from './v1alpha2/convert-v1alpha2.js';
export { convert } from './v1alpha2/convert.js';
export { ruleConflicts } from './v1alpha2/rule-conflicts.js';
export { istioServiceHost } from './v1alpha2/service-host.js';
