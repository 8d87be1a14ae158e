import type { Clock } from '@bookinfo/effects';
import {
  type Cluster,
  type Endpoint,
  type OutlierDetection,
  type RouteTable,
  endpointKey,
} from '@bookinfo/routing';
import { HostMonitor, type TryOutcome } from './host-monitor.js';

interface WatchedCluster {
  hosts: Map<string, HostMonitor>;
  /** The end of the last interval that was looked at. */
  intervalEnd: number;
}

/**
 * Leaves endpoints out that fail time after time (Envoy: source/common/upstream/outlier_detection_impl.cc). It knows
 * clusters by name and endpoints by address, so that an ejection outlives a table that is replaced. What Envoy does by a
 * timer at the end of each interval is made up for when it is asked.
 */
export class OutlierDetector {
  readonly #clock: Clock;
  readonly #clusters = new Map<string, WatchedCluster>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The cluster with the endpoints that requests may go to: all when too few would be left (minHealthPercent), perhaps none. */
  withoutEjected(cluster: Cluster): Cluster {
    const { outlierDetection: settings, endpoints } = cluster;
    const watched = settings && this.#clusters.get(cluster.name);
    if (!watched) return cluster;
    this.#catchUp(watched, settings);
    const healthy = endpoints.filter((endpoint) => !isEjected(watched, endpoint));
    const isPanic = (100 * healthy.length) / endpoints.length < settings.minHealthPercent;
    return isPanic || healthy.length === endpoints.length ? cluster : { ...cluster, endpoints: healthy };
  }

  /** Tells how a try ended; the endpoint may be ejected for it. */
  report(cluster: Cluster, endpoint: Endpoint, outcome: TryOutcome): void {
    const { outlierDetection: settings } = cluster;
    if (!settings) return;
    const watched = this.#watch(cluster.name);
    this.#catchUp(watched, settings);
    const host = hostOf(watched, endpoint);
    if (!host.report(outcome, settings) || host.isEjected) return;
    const ejected = cluster.endpoints.filter((one) => isEjected(watched, one));
    const percent = (100 * (ejected.length + 1)) / cluster.endpoints.length;
    if (percent <= settings.maxEjectionPercent) host.eject(this.#clock.now(), settings);
  }

  /** Forgets clusters and endpoints that are gone. */
  retain({ clusters }: RouteTable): void {
    for (const [name, { hosts }] of this.#clusters) {
      const cluster = clusters.get(name);
      if (!cluster?.outlierDetection) this.#clusters.delete(name);
      const left = new Set(cluster?.endpoints.map(endpointKey));
      for (const key of hosts.keys()) if (!left.has(key)) hosts.delete(key);
    }
  }

  #watch(name: string): WatchedCluster {
    let watched = this.#clusters.get(name);
    if (!watched) {
      watched = { hosts: new Map(), intervalEnd: this.#clock.now() };
      this.#clusters.set(name, watched);
    }
    return watched;
  }

  #catchUp(watched: WatchedCluster, settings: OutlierDetection): void {
    const now = this.#clock.now();
    while (watched.intervalEnd + settings.intervalMs <= now) {
      const unsettled = [...watched.hosts.values()].filter((host) => !host.isSettled);
      if (unsettled.length === 0) {
        // Nothing can happen any more but that intervals pass.
        watched.intervalEnd = now - ((now - watched.intervalEnd) % settings.intervalMs);
        return;
      }
      watched.intervalEnd += settings.intervalMs;
      for (const host of unsettled) host.onInterval(watched.intervalEnd, settings);
    }
  }
}

function hostOf({ hosts }: WatchedCluster, endpoint: Endpoint): HostMonitor {
  const key = endpointKey(endpoint);
  let host = hosts.get(key);
  if (!host) hosts.set(key, (host = new HostMonitor()));
  return host;
}

function isEjected({ hosts }: WatchedCluster, endpoint: Endpoint): boolean {
  return hosts.get(endpointKey(endpoint))?.isEjected === true;
}
