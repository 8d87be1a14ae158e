export { startTestService, type TestService } from './start-test-service.js';
export { startLocalServer, type LocalServer } from './local-server.js';
export { ManualClock } from './manual-clock.js';
export { sendRaw } from './send-raw.js';
