import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { type KubeConfig, PortForward } from '@kubernetes/client-node';

/** A port of a pod at a port of this machine. */
export interface ForwardedPort extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
}

/** Forwards a port of this machine to one of a pod until the end of the block, as `kubectl port-forward` does. */
export async function forwardPort(
  config: KubeConfig,
  { namespace, pod, port }: { namespace: string; pod: string; port: number },
): Promise<ForwardedPort> {
  const forward = new PortForward(config);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket)).once('error', () => socket.destroy());
    void carry(socket).catch(() => socket.resetAndDestroy());
  });
  const carry = async (socket: Socket): Promise<void> => {
    // What the pod reports of the connection: the port refuses it.
    const errors = new PassThrough().once('data', () => socket.resetAndDestroy());
    const stream = await forward.portForward(namespace, pod, [port], socket, errors, socket);
    // The library returns a function for connections that it repeats alone.
    if (typeof stream === 'function') return;
    stream.addEventListener('close', () => socket.end());
    stream.addEventListener('error', () => socket.resetAndDestroy());
    socket.once('close', () => stream.close());
  };
  // A port that is never disposed of does not keep the process running.
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
