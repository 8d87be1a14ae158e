export { compile } from './compile.js';
export { Compiler } from './compiler.js';
export { type Delegates, delegatesOf, effectiveRules } from './delegates.js';
export { attach } from './gateway-api/attachment.js';
export { resolveBackend } from './gateway-api/backends.js';
export { ReferenceGrants } from './gateway-api/reference-grants.js';
export { gatewayName } from './gateway-name.js';
export { compileMatch, isCatchAll } from './match.js';
export { compileOutlierDetection } from './outlier-detection.js';
