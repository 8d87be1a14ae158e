export { compile, compileWithLeftOut } from './compile.js';
export { Compiler } from './compiler.js';
export { delegatesOf, effectiveRules, entriesOf } from './virtual-service/delegates.js';
export { describePlace, LEFT_OUT_CODES, type LeftOut, type LeftOutCode } from './left-out.js';
export { resolveBackend } from './gateway-api/backends.js';
export { ReferenceGrants } from './gateway-api/reference-grants.js';
export { gatewayName } from './virtual-service/gateway-name.js';
export { compileMatch, isCatchAll } from './virtual-service/match.js';
export { isMerged } from './destination-rule/destination-rule.js';
export { compileOutlierDetection } from './destination-rule/outlier-detection.js';
export { certificateProblem } from './virtual-hosts/certificate-problem.js';
export type { Credential } from './virtual-hosts/credentials.js';
export {
  gatewayProxies,
  INGRESS_GATEWAY,
  listenerPort,
  type GatewayProxy,
  type HttpsServer,
  type ProxyListener,
} from './virtual-hosts/gateway-proxies.js';
