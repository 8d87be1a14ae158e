import type { Interval } from './statistics/share-interval.js';

/** Formats a share as a percentage with one decimal; near 0 % and 100 % with two significant digits. */
export function formatShare(share: number): string {
  const percent = share * 100;
  const toEnd = Math.min(percent, 100 - percent);
  const decimals = toEnd > 0 && toEnd < 1 ? Math.min(6, 1 - Math.floor(Math.log10(toEnd))) : 1;
  return `${Number(percent.toFixed(decimals))}%`;
}

/** Formats an interval of shares: `43.8% to 55.7%`. */
export function formatInterval({ low, high }: Interval): string {
  return `${formatShare(low)} to ${formatShare(high)}`;
}

/** Formats a p-value with two significant digits. 0, the result of an underflow, becomes `less than 1e-300`. */
export function formatPValue(p: number): string {
  if (p === 0) return 'less than 1e-300';
  return p < 0.0001 ? p.toExponential(1) : String(Number(p.toPrecision(2)));
}

/** Formats 1552 as `1,552`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
