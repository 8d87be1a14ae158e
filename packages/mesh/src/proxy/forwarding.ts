import type { Outcome } from '../decide/decision.js';

/** What was decided about a request that goes to a cluster. */
export type Forwarding = Extract<Outcome, { kind: 'forward' }>;
