export { envoyExecutable, envoyMissing } from './envoy.js';
export { limitedEnvoy, limitedEnvoyMissing } from './limited-envoy.js';
