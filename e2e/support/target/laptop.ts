import { AdminClient } from '@bookinfo/mesh';
import { childrenOf, killOne, pauseOne } from './local-processes.ts';
import { MeshTarget } from './mesh-target.ts';
import type { Handle, Target } from './target.ts';

const UNSUPPORTED: Target['unsupported'] = {
  databases: 'the mesh on this machine runs no databases, and has no Secrets for ratings v2',
  ...(process.platform === 'win32' && {
    'process faults': 'Windows has no ps',
    pauses: 'Windows has no SIGSTOP',
  }),
};

/** Returns the target of a running `bookinfo up`, whose workloads are its processes. */
export function laptop(handle: Handle): Target {
  return new MeshTarget(handle, {
    admin: new AdminClient(handle.adminPort),
    standInHost: '127.0.0.1',
    unsupported: UNSUPPORTED,
    kill: async (service, { pid }) => killOne(childrenOf(pid, service)),
    pause: async (service, { pid }) => pauseOne(childrenOf(pid, service)),
  });
}
