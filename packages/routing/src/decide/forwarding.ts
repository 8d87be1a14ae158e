import type { Outcome } from './decision.js';

/** What was decided about a request that goes to a cluster. */
export type Forwarding = Extract<Outcome, { kind: 'forward' }>;
