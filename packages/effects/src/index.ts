export { type Clock, systemClock } from './clock.js';
export { freePort } from './free-port.js';
export { listen } from './listen.js';
export { LOOPBACK } from './loopback.js';
export { LogWriter } from './log-writer.js';
export { OutputTail } from './output-tail.js';
export type { Random } from './random.js';
export { sleep } from './sleep.js';
