import { binomialTail } from './binomial.js';
import { hypergeometricTail } from './hypergeometric.js';
import type { Assurance } from './sample-size.js';

/** Late responses to the requests of a claim, and to control requests that were sent among them in random order. */
export interface Lateness {
  late: number;
  requests: number;
  lateControls: number;
  controls: number;
}

/** Control requests for each request of a claim; with one, a test would need about as many requests in total. */
export const CONTROLS_PER_REQUEST = 2;
/** Share of late control requests that the plan allows for. */
const PLANNED_LATENESS = 0.05;

/**
 * Returns the p-value of Fisher's exact test (The Design of Experiments, 1935, chapter II), one-sided: the probability of as
 * many late responses or more to the claim's requests, given the total, when lateness does not depend on the kind of request.
 * It needs no independence of the requests, since their order is random: a pause of the machine delays many at once, of both
 * kinds.
 */
export function latenessTest({ late, requests, lateControls, controls }: Lateness): number {
  return hypergeometricTail(late, requests, late + lateControls, requests + controls);
}

/** Returns the smallest number of late responses that the test rejects at `alpha`; `requests` + 1 when it rejects none. */
export function criticalLateness(sample: Omit<Lateness, 'late'>, alpha: number): number {
  const isRejected = (late: number) => latenessTest({ ...sample, late }) <= alpha;
  let accepted = 0;
  let rejected = sample.requests + 1;
  while (rejected - accepted > 1) {
    const middle = Math.floor((accepted + rejected) / 2);
    if (isRejected(middle)) rejected = middle;
    else accepted = middle;
  }
  return rejected;
}

/** Returns the probability that the test detects a delay of this share of the requests, beside the lateness of the controls. */
export function latenessPower(sample: Omit<Lateness, 'late'>, share: number, alpha: number): number {
  const common = sample.lateControls / sample.controls;
  const critical = criticalLateness(sample, alpha);
  return critical > sample.requests
    ? 0
    : binomialTail(critical, sample.requests, common + (1 - common) * share);
}

/**
 * Returns the number of requests after which the test detects a delay of this share of them with the given power, though one
 * in twenty control requests is late, with CONTROLS_PER_REQUEST control requests for each.
 */
export function latenessSampleSize(share: number, { alpha, power }: Assurance): number {
  let requests = 16;
  while (latenessPower(withControls(requests, PLANNED_LATENESS), share, alpha) < power)
    requests = Math.ceil(requests * 1.05);
  return requests;
}

function withControls(requests: number, lateness: number): Omit<Lateness, 'late'> {
  const controls = CONTROLS_PER_REQUEST * requests;
  return { requests, controls, lateControls: Math.ceil(lateness * controls) };
}
