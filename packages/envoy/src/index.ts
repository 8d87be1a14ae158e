export { EnvoyContainer, type EnvoyContainerOptions } from './envoy-container.js';
export { EnvoyFailed, EnvoyRejected } from './envoy-failed.js';
export { EnvoyProxy } from './envoy-proxy.js';
export { envoyVersion } from './envoy-version.js';
export type { EnvoyTracing } from './tracing.js';
export { InotifyExhausted } from './inotify-exhausted.js';
export { UnsupportedByEnvoy } from './unsupported-by-envoy.js';
