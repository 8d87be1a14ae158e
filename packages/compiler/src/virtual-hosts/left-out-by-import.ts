import { describePlace, type LeaveOut, type Place } from '../left-out.js';
import type { Imports } from './imports.js';
import type { ProxyView } from './listener.js';

/** Leaves out rules for hosts that the client's Sidecar does not import from their namespace. */
export function leaveOutNotImported(
  place: Place,
  hosts: readonly string[],
  imports: Imports,
  leaveOut: LeaveOut | undefined,
): void {
  if (!leaveOut || !imports.place) return;
  const [, namespace] = place.resource.split('/');
  const reason = `${describePlace(imports.place)} does not import ${hosts.join(', ')} from the namespace ${namespace}`;
  leaveOut({ code: 'not-imported', ...place, hosts, isWhole: true, reason });
}

/** Leaves out the Services that the client's Sidecar does not import, which have no rule to blame. */
export function leaveOutServices({ registry, visible, imports, leaveOut }: ProxyView): void {
  const { place } = imports;
  if (!place) return;
  const imported = new Set(registry.services.map(({ host }) => host));
  for (const { host, namespace } of visible.services) {
    if (imported.has(host)) continue;
    const reason = `it does not import ${host} from the namespace ${namespace}, so that its sidecars treat it as an unknown host`;
    leaveOut?.({ code: 'not-imported', ...place, hosts: [host], isWhole: true, reason });
  }
}
