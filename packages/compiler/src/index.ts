export { compile } from './compile.js';
export { Compiler } from './compiler.js';
export { type Delegates, delegatesOf, effectiveRules } from './virtual-service/delegates.js';
export { attach } from './gateway-api/attachment.js';
export { resolveBackend } from './gateway-api/backends.js';
export { ReferenceGrants } from './gateway-api/reference-grants.js';
export { gatewayName } from './virtual-service/gateway-name.js';
export { compileMatch, isCatchAll } from './virtual-service/match.js';
export { compileOutlierDetection } from './destination-rule/outlier-detection.js';
