import { createServer, type RequestListener, type Server } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { listen, LOOPBACK } from '@bookinfo/effects';

/** The address of a backend, with the fields that an endpoint has in a route table. */
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

/** Starts an HTTP server on a free port of 127.0.0.1; without a listener it responds with its name. */
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

/** Starts a TCP server on a free port of 127.0.0.1, for responses that an HTTP server does not send. */
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

/** Returns an endpoint that refuses connections: its port was free a moment ago. */
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
