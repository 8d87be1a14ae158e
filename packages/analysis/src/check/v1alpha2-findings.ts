import { type Model, convert, istioServiceHost, originOf } from '@bookinfo/rules';
import type { Finding } from './finding.js';

/** Returns likely mistakes in resources of Istio 0.2 (config.istio.io/v1alpha2), in all files. */
export function v1alpha2Findings({ written, registry }: Model): Finding[] {
  const findings = convert(written).warnings.map(({ message, ...origin }): Finding => ({
    level: 'warning',
    code: 'old-kind',
    origin,
    message,
  }));
  for (const resource of written) {
    if (resource.kind !== 'RouteRule' && resource.kind !== 'DestinationPolicy') continue;
    const host = istioServiceHost(resource.spec.destination, resource.metadata.namespace);
    if (registry.service(host, resource.metadata.namespace)) continue;
    const origin = originOf(resource, ['spec', 'destination']);
    findings.push({
      level: 'warning',
      code: 'unknown-host',
      origin,
      message: `no Service is called ${host}`,
    });
  }
  return findings;
}
