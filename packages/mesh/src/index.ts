export { AdminClient, DEFAULT_ADMIN_PORT, MeshUnreachable, SourceProblems } from './admin/admin-client.js';
export type { MeshDescription, Operation, Predicted, RequestOf, ResponseOf } from './admin/api.js';
export { qualifiedKind, qualifiedPlural, type ShownKind } from './print/kind-names.js';
export { EMBEDDED_DATA_PLANE } from './data-plane/embedded-data-plane.js';
export { envoyDataPlane } from './data-plane/envoy-data-plane.js';
export { ListenError } from './control/listen-error.js';
export type { TelemetryOptions } from './telemetry/telemetry.js';
export type { MeshOptions } from './control/mesh-options.js';
export { MeshServer } from './control/mesh-server.js';
export { podTable } from './print/pod-table.js';
export { StartFailed, whenReady } from './control/when-ready.js';
export type { MeshEvent } from './control/mesh-event.js';
export {
  type DataPlane,
  type MeshProxy,
  type MeshProxyOptions,
  TableRefused,
} from './data-plane/data-plane.js';
export type { WorkloadModule } from './controller/workload-module.js';
export type { ProgramFor } from './runtime/program-for.js';
export { runningResources } from './verify/running-resources.js';
export { verifyPage } from './verify/page/verify-page.js';
export { verify, type VerifyOptions } from './verify/verify.js';
export { administeredMesh, type LiveMesh } from './verify/live-mesh.js';
export { PageClient } from './verify/page/page-client.js';
export type { EntryPoint } from './verify/send-request.js';
export { TunnelAgent } from './verify/tunnel-agent.js';
export { ContainerRuntime } from './containers/container-runtime.js';
export { Sidecar } from './containers/sidecar.js';
export { containerDataPlane } from './data-plane/container-data-plane.js';
export { consoleUrl, hasToken } from './admin/token-file.js';
export { ComposeAdminClient } from './containers/compose-admin-client.js';
export { ComposeProject } from './containers/compose-project.js';
export { assertCompose, docker, DockerUnavailable } from './containers/docker.js';
