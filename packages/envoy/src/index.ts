export { EnvoyProxy } from './envoy-proxy.js';
