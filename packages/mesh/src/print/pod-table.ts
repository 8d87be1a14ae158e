import type { PodStatus } from '../runtime/pod-status.js';
import { formatAge } from './age.js';
import type { Table } from '@bookinfo/text';

/** kubectl's columns, and the version, the kind of the sidecar, and the address of the process. */
const COLUMNS = ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'VERSION', 'PROXY', 'ADDRESS'];

/** Returns the table of `get pods`; `now` in milliseconds since 1970. */
export function podTable(pods: readonly PodStatus[], now: number): Table {
  const rows = pods.map((pod) => [
    pod.name,
    pod.ready ? '1/1' : '0/1',
    pod.phase,
    String(pod.restarts),
    formatAge(now - pod.createdAt),
    pod.labels['version'] ?? '<none>',
    pod.proxy ?? '<none>',
    pod.address ?? '<none>',
  ]);
  return { columns: COLUMNS, rows };
}
