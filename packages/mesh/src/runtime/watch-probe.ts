import { type Clock, sleep } from '@bookinfo/effects';

export interface ProbeWatch {
  /** True when the probe passes. */
  check: () => Promise<boolean>;
  /** What holds before the first check. */
  initially: boolean;
  /** How many equal results in a row change the verdict. */
  successThreshold: number;
  failureThreshold: number;
  /** Until the verdict is good for the first time, and from then on. */
  startPeriodMs: number;
  periodMs: number;
  /** Called at every change of the verdict. */
  onChange: (passes: boolean) => void;
}

/** Checks again and again until the signal is aborted. */
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
