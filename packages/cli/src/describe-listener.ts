import type { MeshDescription } from '@bookinfo/mesh';

/** Describes a listener of a gateway in one line, with its problems. */
export function describeListener({
  gateway,
  namespace,
  port,
  url,
  problems,
}: MeshDescription['gateways'][number]): string {
  const listener = `Port ${port} of ${namespace}/${gateway}`;
  const open = url === undefined ? `${listener} is not open` : `${listener}: ${url}`;
  return problems.length === 0 ? open : `${open} (${problems.join('; ')})`;
}
