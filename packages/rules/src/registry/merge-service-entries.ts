import { isDeepStrictEqual } from 'node:util';
import type { RegisteredService, ServicePort } from './registered-service.js';

/**
 * Returns a host of a ServiceEntry with what younger ones of its namespace have for it: the endpoints of its ports, and
 * further ports if both have one resolution and one visibility (istio/istio pilot/pkg/model/sidecar.go, canMergeServices).
 */
export function mergeServiceEntries(
  oldest: RegisteredService,
  others: readonly RegisteredService[],
): RegisteredService {
  return others.reduce((merged, other) => ({ ...merged, ports: mergePorts(merged, other) }), oldest);
}

function mergePorts(one: RegisteredService, other: RegisteredService): ServicePort[] {
  const isAlike = one.resolution === other.resolution && isDeepStrictEqual(one.exportTo, other.exportTo);
  const further = other.ports.filter(({ number }) => !one.ports.some((port) => port.number === number));
  return [
    ...one.ports.map((port) => {
      const same = other.ports.find(({ number }) => number === port.number);
      if (!same) return port;
      const { podSelector: _, ...merged } = port;
      return { ...merged, endpoints: [...port.endpoints, ...same.endpoints] };
    }),
    ...(isAlike ? further : []),
  ];
}
