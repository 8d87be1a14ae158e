import type { Socket } from 'node:net';
import type { Clock } from '@bookinfo/effects';
import { type Cluster, type Endpoint, HostNotFound, TlsFailure, UpstreamReset } from '@bookinfo/routing';
import { beginTls, type TlsClient } from './tls-client.js';
import { UpstreamSocket } from './upstream-socket.js';

/**
 * Connects to the endpoint as its cluster has it, within the time of its `connectTimeoutMs`, TLS included.
 *
 * @throws {UpstreamReset} when there is no connection in time; a HostNotFound or a TlsFailure when that is the cause.
 * @throws {Error} the signal's reason when it is aborted.
 */
export function connect(
  { address, port }: Endpoint,
  { connectTimeoutMs, sourceAddress }: Pick<Cluster, 'connectTimeoutMs' | 'sourceAddress'>,
  tls: TlsClient | undefined,
  clock: Clock,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    let socket: Socket = new UpstreamSocket()
      .connect({ host: address, port, ...(sourceAddress !== undefined && { localAddress: sourceAddress }) })
      .setNoDelay(true);
    const fail = (error: Error): void => {
      release();
      socket.on('error', () => undefined).destroy();
      reject(error);
    };
    const onError = (cause: NodeJS.ErrnoException): void => {
      const Reset = cause.syscall === 'getaddrinfo' ? HostNotFound : UpstreamReset;
      fail(new Reset('remote connection failure', { cause }));
    };
    const onAbort = (): void => fail(signal.reason as Error);
    const onTlsError = (cause: Error): void => fail(new TlsFailure({ cause }));
    const onReady = (): void => {
      release();
      resolve(socket);
    };
    const onConnect = (): void => {
      if (!tls) {
        onReady();
        return;
      }
      socket.off('error', onError);
      socket = beginTls(socket, tls).once('error', onTlsError).once('secureConnect', onReady);
    };
    const cancelTimeout = clock.after(connectTimeoutMs, () => fail(new UpstreamReset('connection timeout')));
    const release = (): void => {
      cancelTimeout();
      signal.removeEventListener('abort', onAbort);
      socket
        .off('error', onError)
        .off('error', onTlsError)
        .off('connect', onConnect)
        .off('secureConnect', onReady);
    };
    signal.addEventListener('abort', onAbort);
    socket.once('error', onError).once('connect', onConnect);
  });
}
