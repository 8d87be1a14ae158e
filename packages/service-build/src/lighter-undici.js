// Replaces undici: exports what service-kit uses, without the fetch, caches, mocks and WebSockets that undici's
// index.js loads as well. It is CommonJS, so tree shaking can't drop them, and no upstream issue asks for it. Saves
// 2 MB. A file that moves and a name that isn't exported here both fail the build: adapt the paths, or
// export the name.
export { default as EnvHttpProxyAgent } from 'undici/lib/dispatcher/env-http-proxy-agent.js';
export { default as errors } from 'undici/lib/core/errors.js';
