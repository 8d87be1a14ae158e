import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { target } from './target/index.ts';

/** A server of this machine that workloads reach, as a service outside of the mesh. */
export interface StandIn extends AsyncDisposable {
  address: string;
  port: number;
  /** The requests that it has received. */
  requests: IncomingMessage[];
}

/** Starts a server that answers by this function, until the end of the block. */
export async function standIn(answer: RequestListener): Promise<StandIn> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  const end = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
  };
  return { ...(await listening(server)), requests, [Symbol.asyncDispose]: end };
}

/** Starts a server that answers every connection with these bytes, and closes it. */
export async function garbler(bytes: Buffer): Promise<StandIn> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined).once('data', () => socket.end(bytes));
  });
  const end = async (): Promise<void> => {
    server.close();
  };
  return { ...(await listening(server)), requests: [], [Symbol.asyncDispose]: end };
}

/** Returns a ServiceEntry that makes stand-ins the endpoints of a host outside of the mesh, on its port 80. */
export function serviceEntry(host: string, ...standIns: StandIn[]): string {
  const endpoints = standIns.map(({ address, port }) => `{ address: ${address}, ports: { http: ${port} } }`);
  return `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${host.replaceAll('.', '-')} }
spec:
  hosts: [${host}]
  location: MESH_EXTERNAL
  resolution: STATIC
  ports: [{ number: 80, name: http, protocol: HTTP }]
  endpoints: [${endpoints.join(', ')}]
`;
}

async function listening(server: Server): Promise<{ address: string; port: number }> {
  server.listen(0, target.standInHost);
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  return { address, port };
}
