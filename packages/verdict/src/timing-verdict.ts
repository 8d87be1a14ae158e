import type { Claim, Observation, Timing } from './claim.js';
import { formatShare } from './format.js';
import { DISPLACED_PART, type Plan } from './plan-requests.js';
import { latenessPower } from './statistics/lateness-test.js';
import { mostDisplaced } from './test-shares-of.js';
import type { TimingVerdict, Verdict } from './verdict.js';

/** Returns the comparison of a claim's times with those of its control requests, for the report. */
export function timingVerdict(timing: Timing, pValue: number, threshold: number): TimingVerdict {
  const { late, requests, lateControls, controls, lateMs } = timing;
  return { late, requests, lateControls, controls, lateMs, pValue, threshold };
}

/**
 * Returns a verdict of its own on the delays of a claim when the control requests were too slow to detect the planned shift;
 * undefined when they were not, or the claim is refuted.
 */
export function untestableDelay(
  { claim, observation }: { claim: Claim; observation: Observation },
  { status, title, origin, request }: Verdict,
  perTest: Plan,
): Verdict | undefined {
  if (observation.kind !== 'sampled' || status === 'disagrees' || !observation.timing) return undefined;
  const reason = slownessReason(observation.timing, claim, perTest);
  if (reason === undefined) return undefined;
  const common = { title: `${title}, delay`, origin, request };
  return { ...common, status: 'untestable', reasons: [reason], requests: 1, responses: 0, outcomes: [] };
}

function slownessReason(timing: Timing, { delayed = [] }: Claim, perTest: Plan): string | undefined {
  const { requests, controls, lateControls, displacedControls, lateMs } = timing;
  const { alpha, power, shift } = perTest;
  const slow = (count: number) =>
    `delay: ${count} of ${controls} control requests, which no rule affects, were slow as well`;
  if (latenessPower(timing, shift, alpha) < power)
    return `${slow(lateControls)}, so a delay of ${lateMs / 1000} s for ${formatShare(shift)} of the requests cannot be told from the slowness of the machine`;
  if (delayed.length > 0 && mostDisplaced(timing, alpha) > DISPLACED_PART * shift * requests)
    return `${slow(displacedControls)}, so the shares of the predicted delays cannot be told from the slowness of the machine`;
  return undefined;
}
