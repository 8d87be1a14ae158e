const UNIT_MS = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
type Unit = keyof typeof UNIT_MS;

const NUMBER = String.raw`\d+\.?\d*|\.\d+`;
const UNIT = 'ns|us|µs|ms|s|m|h';
const DURATION = new RegExp(`^\\+?(?:(?:${NUMBER})(?:${UNIT}))+$`);
const TERM = new RegExp(`(${NUMBER})(${UNIT})`, 'g');

/** Limit of Node's timers, 24.8 days; a longer timer would fire at once. */
const MAX_MS = 2 ** 31 - 1;

/**
 * Returns the milliseconds of a duration as Go reads it: `7s`, `1h2m`, `.5s`, `+1s`. Returns undefined for another text, for a
 * duration that is not at least one whole millisecond, as Istio needs it, and for more than 24.8 days.
 */
export function parseDuration(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(TERM)) total += Number(amount) * UNIT_MS[unit as Unit];
  const milliseconds = Math.round(total);
  const isWhole = Math.abs(total - milliseconds) < 1e-9 * Math.max(1, total);
  return isWhole && milliseconds >= 1 && milliseconds <= MAX_MS ? milliseconds : undefined;
}
