import type { EnvoyTracing } from '@bookinfo/envoy';
import { nodeId, serviceName, type WorkloadIdentity, workloadTags } from '@bookinfo/telemetry';

/** How a proxy in a process of its own reports spans. Plain data, for files. */
export interface SpanReporting {
  workload: WorkloadIdentity;
  role: 'sidecar' | 'gateway';
  /** The URL of Zipkin's collector. */
  zipkin: string;
  /** The share of the traces begun here that is recorded, 0 to 1. */
  sampledShare: number;
}

/** Returns the settings of an Envoy that reports so. */
export function envoyTracing({ workload, role, zipkin, sampledShare }: SpanReporting): EnvoyTracing {
  const { hostname, port, pathname } = new URL(zipkin);
  return {
    serviceName: serviceName(workload),
    nodeId: nodeId(role, workload),
    collector: { host: hostname, port: Number(port || 80), path: pathname },
    sampledShare,
    tags: workloadTags(workload),
  };
}
