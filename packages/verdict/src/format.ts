import type { Interval } from './statistics/share-interval.js';

/** A share as a percentage: one decimal, and two digits that mean something near 0 % and 100 %. */
export function formatShare(share: number): string {
  const percent = share * 100;
  const toEnd = Math.min(percent, 100 - percent);
  const decimals = toEnd > 0 && toEnd < 1 ? Math.min(6, 1 - Math.floor(Math.log10(toEnd))) : 1;
  return `${Number(percent.toFixed(decimals))}%`;
}

export function formatInterval({ low, high }: Interval): string {
  return `${formatShare(low)} to ${formatShare(high)}`;
}

/** Two significant digits; what is too small for a number is called so. */
export function formatPValue(p: number): string {
  if (p === 0) return 'less than 1e-300';
  return p < 0.0001 ? p.toExponential(1) : String(Number(p.toPrecision(2)));
}

/** 1552 as `1,552`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
