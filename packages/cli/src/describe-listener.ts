import type { MeshDescription } from '@bookinfo/mesh';

/** Describes a listener of a gateway in one line. */
export function describeListener({
  gateway,
  namespace,
  port,
  url,
}: MeshDescription['gateways'][number]): string {
  return `Port ${port} of ${namespace}/${gateway}: ${url}`;
}
