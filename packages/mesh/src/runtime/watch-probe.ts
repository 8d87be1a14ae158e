import { type Clock, sleep } from '@bookinfo/effects';

/** A probe and its thresholds. */
export interface ProbeWatch {
  /** True when the probe passes. */
  check: () => Promise<boolean>;
  /** The verdict before the first check. */
  initially: boolean;
  /** Equal results in a row that change the verdict. */
  successThreshold: number;
  failureThreshold: number;
  /** The period until the first success, and the period after it. */
  startPeriodMs: number;
  periodMs: number;
  /** Called after every change of the verdict. */
  onChange: (passes: boolean) => void;
}

/** Repeats the check until the signal is aborted. */
export async function watchProbe(watch: ProbeWatch, clock: Clock, signal: AbortSignal): Promise<void> {
  let verdict = watch.initially;
  let hasPassed = watch.initially;
  let disagreeing = 0;
  while (!signal.aborted) {
    const passes = await watch.check();
    if (signal.aborted) return;
    disagreeing = passes === verdict ? 0 : disagreeing + 1;
    if (disagreeing >= (verdict ? watch.failureThreshold : watch.successThreshold)) {
      verdict = passes;
      hasPassed ||= passes;
      disagreeing = 0;
      watch.onChange(verdict);
    }
    await sleep(clock, hasPassed ? watch.periodMs : watch.startPeriodMs, signal).catch(() => undefined);
  }
}
