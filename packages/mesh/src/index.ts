export { parseResources, type ParseResult } from './resources/parse-resources.js';
export type { Source } from './resources/yaml-documents.js';
export type { Origin } from './resources/origin.js';
export { formatProblem, type Problem } from './resources/problem.js';
export { originOf, resourceKey } from './resources/resource.js';
export type {
  Deployment,
  DestinationPolicy,
  DestinationRule,
  EgressRule,
  Gateway,
  Resource,
  RouteRule,
  Service,
  ServiceAccount,
  ServiceEntry,
  VirtualService,
} from './resources/resource.js';
export { buildRegistry, type Pod, type RegisteredService, type Registry } from './registry/registry.js';
export { plannedPods } from './registry/planned-pods.js';
export { compile } from './compile/compile.js';
export type { Client, Model } from './compile/model.js';
export { modelOf } from './compile/model-of.js';
export { checkedIstioVersion } from './compile/istio-version.js';
export { DEFAULT_MESH_CONFIG, type MeshConfig } from './compile/mesh-config.js';
export type { Cluster, Endpoint } from './compile/cluster.js';
export type { Route, RouteConfiguration, RouteTable, VirtualHost } from './compile/route-table.js';
export { decide } from './decide/decide.js';
export type { Decision, Outcome, PassedOver, RouteRequest } from './decide/decision.js';
export type { Random } from './clock/random.js';
export { check } from './check/check.js';
export { formatFinding, type Finding } from './check/finding.js';
export { convert } from './legacy/convert.js';
export { conversionText } from './legacy/conversion-text.js';
export { modelOfFiles } from './control/model-of-files.js';
export { explain } from './explain/explain.js';
export type { Explanation } from './explain/explanation.js';
export { explanationText } from './explain/explanation-text.js';
export { QuestionError, type Question } from './explain/question.js';
export { answerLabel, type Answer } from './predict/answer.js';
export { parseAssumption, type Assumption } from './predict/assumption.js';
export type { Distribution } from './predict/distribution.js';
export { predict } from './predict/predict.js';
export { verifyPage } from './verify/page/verify-page.js';
export { verify, type VerifyOptions } from './verify/verify.js';
export { normalizePath } from './decide/path.js';
export { systemClock, type Clock } from './clock/clock.js';
export { Proxy, type ProxyOptions } from './proxy/proxy.js';
export type { AccessLogEntry } from './proxy/access-log/access-log-entry.js';
export { AccessLogWriter } from './proxy/access-log/access-log-writer.js';
export { formatAccessLog } from './proxy/access-log/format-access-log.js';
export { EnvoyFailed } from './envoy/envoy-failed.js';
export { EnvoyProxy, type EnvoyProxyOptions } from './envoy/envoy-proxy.js';
export { Inexpressible } from './envoy/inexpressible.js';
export type { PodPhase, PodStatus, RuntimeEvent } from './runtime/pod-status.js';
export type { ProgramFor } from './runtime/program-for.js';
export { MeshServer, type ChangeResult, type MeshOptions } from './control/mesh-server.js';
export { ListenError, type PortPurpose } from './control/listen-error.js';
export { StartFailed, whenReady } from './control/when-ready.js';
export { AdminClient, DEFAULT_ADMIN_PORT, MeshUnreachable, SourceProblems } from './control/admin-client.js';
export type { Change } from './control/resource-store.js';
export { qualifiedKind, qualifiedPlural, type ShownKind } from './control/kind-names.js';
export type { Shown } from './control/show-resources.js';
export { podTable } from './control/pod-table.js';
export { formatTable, type Table } from './control/table.js';
export type { Claim, Observation } from './verdict/claim.js';
export { judge, type Trial } from './verdict/judge.js';
export { DEFAULT_PLAN, planRequests, type Plan } from './verdict/plan-requests.js';
export { htmlReport } from './verdict/reports/html-report.js';
export { jsonReport } from './verdict/reports/json-report.js';
export { junitReport } from './verdict/reports/junit-report.js';
export { textReport, type Paint } from './verdict/reports/text-report.js';
export type { Assurance } from './verdict/statistics/sample-size.js';
export {
  allAgree,
  type ObservedShare,
  type OutcomeVerdict,
  type Report,
  type Verdict,
  type VerdictStatus,
} from './verdict/verdict.js';
