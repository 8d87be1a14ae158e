import { type Clock, LOOPBACK } from '@bookinfo/effects';
import type { Container, Probe } from '@bookinfo/rules';
import { httpProbe, type ProbeAddress } from './http-probe.js';
import { tcpProbe } from './tcp-probe.js';
import { watchProbe } from './watch-probe.js';
import type { PodTemplate } from './workload.js';

/** Local processes start within a second, so startupProbe and initialDelaySeconds are not applied. */
const START_PERIOD_MS = 50;
/** Kubernetes' probe defaults, for a container without a readiness probe. */
const DEFAULT_PERIOD_MS = 10_000;
const DEFAULT_TIMEOUT_MS = 1000;

export interface ProbeListener {
  onReadiness: (isReady: boolean) => void;
  /** Called when the liveness probe has reached its failureThreshold: Kubernetes restarts the container. */
  onDead: () => void;
}

/**
 * Runs the probes of a replica's manifest until the signal is aborted. A replica without a readiness probe is ready once it
 * accepts connections; Kubernetes would send requests before that, and they would fail. The liveness probe starts when the
 * replica is ready for the first time, as after a startup probe.
 */
export function watchProbes(
  { container }: PodTemplate,
  port: number,
  listener: ProbeListener,
  clock: Clock,
  signal: AbortSignal,
): void {
  const { readinessProbe, livenessProbe } = container;
  let isLivenessWatched = livenessProbe === undefined;
  void watchProbe(
    {
      check: () => checkReadiness(container, { host: LOOPBACK, port }, signal),
      initially: false,
      successThreshold: readinessProbe?.successThreshold ?? 1,
      failureThreshold: readinessProbe?.failureThreshold ?? 3,
      startPeriodMs: START_PERIOD_MS,
      periodMs: readinessProbe ? readinessProbe.periodSeconds * 1000 : DEFAULT_PERIOD_MS,
      onChange: (isReady) => {
        listener.onReadiness(isReady);
        if (livenessProbe && !isLivenessWatched)
          watchLiveness(livenessProbe, port, listener.onDead, clock, signal);
        isLivenessWatched = true;
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
      check: () => check(probe, { host: LOOPBACK, port }, signal),
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

/** Resolves whether the readiness probe of a container passes; without one, whether it accepts connections. */
export function checkReadiness(
  { readinessProbe }: Container,
  address: ProbeAddress,
  signal: AbortSignal,
): Promise<boolean> {
  return readinessProbe
    ? check(readinessProbe, address, signal)
    : tcpProbe(address, DEFAULT_TIMEOUT_MS, signal);
}

function check(
  { httpGet, timeoutSeconds }: Probe,
  address: ProbeAddress,
  signal: AbortSignal,
): Promise<boolean> {
  return httpProbe(address, httpGet.path, timeoutSeconds * 1000, signal);
}
