// What service-kit uses of undici, without its fetch, caches, mocks and WebSockets. Anything else fails the build.
export { default as EnvHttpProxyAgent } from 'undici/lib/dispatcher/env-http-proxy-agent.js';
export { default as errors } from 'undici/lib/core/errors.js';
