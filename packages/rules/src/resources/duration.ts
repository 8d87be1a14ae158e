const UNIT_MS = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
type Unit = keyof typeof UNIT_MS;

const DURATION = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/;
const TERM = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g;

/** What Node's timers can wait for, 24.8 days; a longer one would fire at once. */
const MAX_MS = 2 ** 31 - 1;

/**
 * Milliseconds of a duration as Go writes it: `7s`, `1h2m`, `0.5s`.
 * Istio takes whole milliseconds from 1 up, so the answer is `undefined` for anything else, or more than 24.8 days.
 */
export function parseDuration(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(TERM)) total += Number(amount) * UNIT_MS[unit as Unit];
  const milliseconds = Math.round(total);
  const isWhole = Math.abs(total - milliseconds) < 1e-9 * Math.max(1, total);
  return isWhole && milliseconds >= 1 && milliseconds <= MAX_MS ? milliseconds : undefined;
}
