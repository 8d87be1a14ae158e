import { createServer, type RequestListener, type Server } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { listen, LOOPBACK } from '@bookinfo/effects';

/** Where a backend listens, with a route table's fields of an endpoint. */
export interface BackendEndpoint {
  address: string;
  port: number;
  pod: string;
  labels: Readonly<Record<string, string>>;
}

export interface Backend extends AsyncDisposable {
  server: Server;
  endpoint: BackendEndpoint;
}

/** An HTTP server on a free port of 127.0.0.1; what it answers when nothing is given is its name. */
export async function startBackend(name: string, listener?: RequestListener): Promise<Backend> {
  const server = createServer(listener ?? ((_, response) => response.end(name)));
  await listen(server, 0, LOOPBACK);
  return {
    server,
    endpoint: endpointOf(server, name),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await close(server);
    },
  };
}

/** The same for what no HTTP server would do: the bare socket of each connection. */
export async function startTcpBackend(
  name: string,
  onConnection: (socket: Socket) => void,
): Promise<AsyncDisposable & { endpoint: BackendEndpoint }> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onConnection(socket);
  });
  await listen(server, 0, LOOPBACK);
  return {
    endpoint: endpointOf(server, name),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await close(server);
    },
  };
}

/** An endpoint on which nobody listens: the port was free a moment ago. */
export async function deadEndpoint(name: string): Promise<BackendEndpoint> {
  const server = createTcpServer();
  await listen(server, 0, LOOPBACK);
  const endpoint = endpointOf(server, name);
  await close(server);
  return endpoint;
}

async function close(server: TcpServer): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}

function endpointOf(server: TcpServer, pod: string): BackendEndpoint {
  return { address: LOOPBACK, port: (server.address() as AddressInfo).port, pod, labels: {} };
}
