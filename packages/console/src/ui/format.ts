const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** Formats a share of 1 as a percentage: `0.0213` is `2.1 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  const isWhole = percent >= 99.95 || percent === Math.round(percent);
  return `${percent.toFixed(isWhole ? 0 : 1)} %`;
}

/** Formats requests per second. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0) return '0/s';
  return `${perSecond < 10 ? perSecond.toFixed(1) : NUMBER.format(perSecond)}/s`;
}

/** Formats milliseconds: `0.42 ms`, `12 ms`, `2.50 s`. */
export function formatMs(ms: number | undefined): string {
  if (ms === undefined) return '–';
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms >= 10) return `${ms.toFixed(0)} ms`;
  return `${ms.toFixed(ms >= 1 ? 1 : 2)} ms`;
}

export function formatCount(count: number): string {
  return NUMBER.format(count);
}

/** Formats an hour of the day with milliseconds: `14:03:22.117`. */
export function formatTime(micros: number): string {
  const at = new Date(micros / 1000);
  return `${at.toLocaleTimeString('en-GB')}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** Formats an age as kubectl does: `5s`, `3m`, `4h`, `2d`. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 2 * 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}
