import type { Clock } from '@bookinfo/effects';
import {
  endpointKey,
  type Cluster,
  type Endpoint,
  type OutlierDetection,
  type RouteTable,
} from '@bookinfo/routing';
import { HostMonitor, type AttemptOutcome } from './host-monitor.js';

interface MonitoredCluster {
  hosts: Map<string, HostMonitor>;
  /** The end of the last interval that was evaluated. */
  intervalEnd: number;
}

/**
 * Excludes endpoints that keep failing (Envoy: source/common/upstream/outlier_detection_impl.cc). Clusters are identified
 * by name and endpoints by address, so that an ejection survives the replacement of the table. Envoy evaluates by a timer
 * at the end of each interval; this class catches up when it is used.
 */
export class OutlierDetector {
  readonly #clock: Clock;
  readonly #clusters = new Map<string, MonitoredCluster>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns the cluster without ejected endpoints, or with all of them when too few would be left (minHealthPercent). */
  withoutEjected(cluster: Cluster): Cluster {
    const { outlierDetection: settings, endpoints } = cluster;
    const monitored = settings && this.#clusters.get(cluster.name);
    if (!monitored) return cluster;
    this.#catchUp(monitored, settings);
    const healthy = endpoints.filter((endpoint) => !isEjected(monitored, endpoint));
    const isPanic = (100 * healthy.length) / endpoints.length < settings.minHealthPercent;
    return isPanic || healthy.length === endpoints.length ? cluster : { ...cluster, endpoints: healthy };
  }

  /** Returns the number of ejected endpoints. */
  countEjected({ name, outlierDetection: settings, endpoints }: Cluster): number {
    const monitored = settings && this.#clusters.get(name);
    if (!monitored) return 0;
    this.#catchUp(monitored, settings);
    return endpoints.filter((endpoint) => isEjected(monitored, endpoint)).length;
  }

  /** Counts the outcome of an attempt, and ejects the endpoint when it has failed too often. */
  report(cluster: Cluster, endpoint: Endpoint, outcome: AttemptOutcome): void {
    const { outlierDetection: settings } = cluster;
    if (!settings) return;
    const monitored = this.#monitored(cluster.name);
    this.#catchUp(monitored, settings);
    const host = hostOf(monitored, endpoint);
    if (!host.report(outcome, settings) || host.isEjected) return;
    const ejected = cluster.endpoints.filter((each) => isEjected(monitored, each));
    const percent = (100 * (ejected.length + 1)) / cluster.endpoints.length;
    if (percent <= settings.maxEjectionPercent) host.eject(this.#clock.now(), settings);
  }

  /** Returns the keys of the endpoints of the table that are ejected. */
  ejected({ clusters }: RouteTable): string[] {
    const keys: string[] = [];
    for (const [name, monitored] of this.#clusters) {
      const settings = clusters.get(name)?.outlierDetection;
      if (!settings) continue;
      this.#catchUp(monitored, settings);
      for (const [key, host] of monitored.hosts) if (host.isEjected) keys.push(key);
    }
    return keys;
  }

  /** Removes clusters and endpoints that are gone. */
  retain({ clusters }: RouteTable): void {
    for (const [name, { hosts }] of this.#clusters) {
      const cluster = clusters.get(name);
      if (!cluster?.outlierDetection) this.#clusters.delete(name);
      const left = new Set(cluster?.endpoints.map(endpointKey));
      for (const key of hosts.keys()) if (!left.has(key)) hosts.delete(key);
    }
  }

  #monitored(name: string): MonitoredCluster {
    let monitored = this.#clusters.get(name);
    if (!monitored) {
      monitored = { hosts: new Map(), intervalEnd: this.#clock.now() };
      this.#clusters.set(name, monitored);
    }
    return monitored;
  }

  #catchUp(monitored: MonitoredCluster, settings: OutlierDetection): void {
    const now = this.#clock.now();
    while (monitored.intervalEnd + settings.intervalMs <= now) {
      const unsettled = [...monitored.hosts.values()].filter((host) => !host.isSettled);
      if (unsettled.length === 0) {
        // The remaining intervals would change nothing.
        monitored.intervalEnd = now - ((now - monitored.intervalEnd) % settings.intervalMs);
        return;
      }
      monitored.intervalEnd += settings.intervalMs;
      for (const host of unsettled) host.onInterval(monitored.intervalEnd, settings);
    }
  }
}

function hostOf({ hosts }: MonitoredCluster, endpoint: Endpoint): HostMonitor {
  const key = endpointKey(endpoint);
  let host = hosts.get(key);
  if (!host) hosts.set(key, (host = new HostMonitor()));
  return host;
}

function isEjected({ hosts }: MonitoredCluster, endpoint: Endpoint): boolean {
  return hosts.get(endpointKey(endpoint))?.isEjected === true;
}
