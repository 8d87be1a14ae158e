export { envoyExecutable, envoyMissing } from './envoy.js';
