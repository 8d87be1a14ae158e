import { createServer } from 'node:http';
import { once } from 'node:events';
import { type Clock, listen, LOOPBACK, systemClock } from '@bookinfo/effects';
import { envoyVersion } from '@bookinfo/envoy';
import type { DataPlane } from './data-plane.js';
import { EnvoyMeshProxy } from './envoy-mesh-proxy.js';

/**
 * An Envoy process for each proxy.
 *
 * @param executable the path of Envoy
 * @param clock default: the machine's clock
 * @throws {Error} that says how to install Envoy, when it cannot be run.
 */
export async function envoyDataPlane(executable: string, clock: Clock = systemClock): Promise<DataPlane> {
  await envoyVersion(executable);
  return {
    name: 'envoy',
    async open(options) {
      if (options.port !== 0) await assertFree(options.port);
      return await EnvoyMeshProxy.start(options, executable, clock);
    },
  };
}

/**
 * Envoy's own error for a port in use is a line of its log.
 * @throws {Error} Node's error when the port cannot be listened on.
 */
async function assertFree(port: number): Promise<void> {
  const server = createServer();
  await listen(server, port, LOOPBACK);
  server.close();
  await once(server, 'close');
}
