import { formatInterval, formatShare } from '../format.js';
import type { OutcomeVerdict } from '../verdict.js';
import { escapeMarkup } from './escape-markup.js';

const WIDTH = 360;
const HEIGHT = 28;
/** Room for the marks at 0 % and 100 %. */
const MARGIN = 6;
const MIDDLE = HEIGHT / 2;

/** One outcome on a line from 0 % to 100 %: the observed interval as a bar, the share as a dot, the manifest as a mark. */
export function shareChart({ label, predicted, observed }: OutcomeVerdict): string {
  const seen = observed
    ? `observed ${formatShare(observed.share)}, interval ${formatInterval(observed.interval)}`
    : 'nothing observed';
  const name = escapeMarkup(`${label}: ${seen}, manifest ${formatShare(predicted)}`);
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${name}">${axis()}${observed ? bar(observed, isOff(predicted, observed)) : ''}<path class="mark" d="M${x(predicted)} 3V${HEIGHT - 3}"/></svg>`;
}

function isOff(predicted: number, { count, interval }: NonNullable<OutcomeVerdict['observed']>): boolean {
  return predicted === 0 ? count > 0 : predicted < interval.low || predicted > interval.high;
}

function axis(): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => `M${x(share)} ${MIDDLE - 4}v8`).join('');
  return `<path class="axis" d="M${x(0)} ${MIDDLE}H${x(1)}${ticks}"/>`;
}

function bar({ share, interval }: NonNullable<OutcomeVerdict['observed']>, off: boolean): string {
  const width = Math.max(2, x(interval.high) - x(interval.low)).toFixed(1);
  return `<g class="${off ? 'off' : 'on'}"><rect class="bar" x="${x(interval.low)}" y="${MIDDLE - 6}" width="${width}" height="12" rx="3"/><circle class="dot" cx="${x(share)}" cy="${MIDDLE}" r="3.5"/></g>`;
}

function x(share: number): number {
  return Number((MARGIN + share * (WIDTH - 2 * MARGIN)).toFixed(1));
}
