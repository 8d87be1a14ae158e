import { connect } from 'node:net';
import type { ProbeAddress } from './http-probe.js';

/** Resolves whether a connection to the port is accepted in time. */
export function tcpProbe(address: ProbeAddress, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...address, timeout: timeoutMs, signal });
    const end = (listens: boolean): void => {
      socket.destroy();
      resolve(listens);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
