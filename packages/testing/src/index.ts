export { type Backend, deadEndpoint, startBackend, startTcpBackend } from './backend.js';
export { binomialBounds } from './binomial.js';
export { makeCertificate } from './certificate.js';
export { type Answer, ask, askRaw, open, type Question } from './http.js';
export { ManualClock } from './manual-clock.js';
export { seededRandom } from './seeded-random.js';
