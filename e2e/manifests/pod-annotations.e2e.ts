import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { programs, type Workload, workloads } from './workloads.ts';

test.each(workloads())('the pods of $name keep their sidecar until its last connection has ended', (each) => {
  const config: unknown = parse(annotationsOf(each)['proxy.istio.io/config'] ?? '');
  expect(config).toEqual({ proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: 'true' } });
});

// Istio's agent merges the metrics of a program into its own only where these stand.
test.each(programs())('the pods of $name offer their metrics to Prometheus', (each) => {
  expect(annotationsOf(each)).toMatchObject({
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9080',
    'prometheus.io/path': '/metrics',
  });
});

function annotationsOf({ deployment }: Workload): Readonly<Record<string, string>> {
  return deployment.spec?.template.metadata?.annotations ?? {};
}
