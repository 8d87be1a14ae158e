import type { Clock } from '@bookinfo/effects';
import type { Probe } from '@bookinfo/rules';
import { httpProbe } from './http-probe.js';
import { tcpProbe } from './tcp-probe.js';
import { watchProbe } from './watch-probe.js';
import type { PodTemplate } from './workload.js';

/** A process of this machine starts in a moment: no startup probe and no initial delay is waited for. */
const START_PERIOD_MS = 50;
/** Kubernetes' defaults, for a container that has no readiness probe. */
const DEFAULT_PERIOD_MS = 10_000;
const DEFAULT_TIMEOUT_MS = 1000;

export interface ProbeListener {
  onReadiness: (isReady: boolean) => void;
  /** The liveness probe has failed for good: Kubernetes would restart the container. */
  onDead: () => void;
}

/**
 * Watches a replica by its manifest's probes until the signal is aborted. Without a readiness probe it is ready as soon as
 * it listens: its Service would send it requests before, as Kubernetes does, and they would fail. The liveness probe
 * counts from the moment that the replica is ready for the first time, for which a startup probe would wait.
 */
export function watchProbes(
  { container }: PodTemplate,
  port: number,
  listener: ProbeListener,
  clock: Clock,
  signal: AbortSignal,
): void {
  const { readinessProbe, livenessProbe } = container;
  let livenessIsWatched = livenessProbe === undefined;
  void watchProbe(
    {
      check: () =>
        readinessProbe ? check(readinessProbe, port, signal) : tcpProbe(port, DEFAULT_TIMEOUT_MS, signal),
      initially: false,
      successThreshold: readinessProbe?.successThreshold ?? 1,
      failureThreshold: readinessProbe?.failureThreshold ?? 3,
      startPeriodMs: START_PERIOD_MS,
      periodMs: readinessProbe ? readinessProbe.periodSeconds * 1000 : DEFAULT_PERIOD_MS,
      onChange: (isReady) => {
        listener.onReadiness(isReady);
        if (livenessProbe && !livenessIsWatched)
          watchLiveness(livenessProbe, port, listener.onDead, clock, signal);
        livenessIsWatched = true;
      },
    },
    clock,
    signal,
  );
}

function watchLiveness(
  probe: Probe,
  port: number,
  onDead: () => void,
  clock: Clock,
  signal: AbortSignal,
): void {
  const periodMs = probe.periodSeconds * 1000;
  void watchProbe(
    {
      check: () => check(probe, port, signal),
      initially: true,
      successThreshold: 1,
      failureThreshold: probe.failureThreshold,
      startPeriodMs: periodMs,
      periodMs,
      onChange: onDead,
    },
    clock,
    signal,
  );
}

function check({ httpGet, timeoutSeconds }: Probe, port: number, signal: AbortSignal): Promise<boolean> {
  return httpProbe(port, httpGet.path, timeoutSeconds * 1000, signal);
}
