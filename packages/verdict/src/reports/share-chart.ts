import { formatInterval, formatShare } from '../format.js';
import type { ObservedShare, OutcomeVerdict } from '../verdict.js';

const WIDTH = 360;
const HEIGHT = 28;
/** Space for the marks at 0 % and 100 %. */
const MARGIN = 6;
const MIDDLE = HEIGHT / 2;
const BAR_HEIGHT = 12;

/**
 * Returns the view of an outcome's chart (views/share-chart.hbs), a line from 0 % to 100 %: the observed interval as a bar,
 * the observed share as a dot, the expected share as a mark.
 */
export function shareChart({ label, predicted, observed }: OutcomeVerdict) {
  const observation = observed
    ? `observed ${formatShare(observed.share)}, interval ${formatInterval(observed.interval)}`
    : 'nothing observed';
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => `M${x(share)} ${MIDDLE - 4}v8`).join('');
  return {
    width: WIDTH,
    height: HEIGHT,
    description: `${label}: ${observation}, expected ${formatShare(predicted)}`,
    axis: `M${x(0)} ${MIDDLE}H${x(1)}${ticks}`,
    bar: observed && bar(observed, predicted),
    mark: `M${x(predicted)} 3V${HEIGHT - 3}`,
  };
}

function bar({ count, share, interval }: ObservedShare, predicted: number) {
  const isOff = predicted === 0 ? count > 0 : predicted < interval.low || predicted > interval.high;
  return {
    class: isOff ? 'off' : 'on',
    x: x(interval.low),
    y: MIDDLE - BAR_HEIGHT / 2,
    width: Math.max(2, x(interval.high) - x(interval.low)).toFixed(1),
    height: BAR_HEIGHT,
    cx: x(share),
    cy: MIDDLE,
  };
}

function x(share: number): number {
  return Number((MARGIN + share * (WIDTH - 2 * MARGIN)).toFixed(1));
}
