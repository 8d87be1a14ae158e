export { type Backend, deadEndpoint, startBackend, startTcpBackend } from './backend.js';
export { binomialBounds } from './binomial.js';
export { makeCertificate } from './certificate.js';
export { type HttpResponse, ask, askRaw, open, type HttpRequest } from './http.js';
export { ManualClock } from './manual-clock.js';
export { seededRandom } from './seeded-random.js';
