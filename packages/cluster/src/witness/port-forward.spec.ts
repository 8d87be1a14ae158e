import { once } from 'node:events';
import { createServer as createHttpServer, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { KubeConfig } from '@kubernetes/client-node';
import { WebSocketServer } from 'ws';
import { forwardPort } from './port-forward.js';

/** The channels of a forwarded port: its data and its errors, each with the number of the port in front. */
const [DATA, ERRORS] = [0, 1];

/** Starts what an API server does for port-forward, to a port of this machine. */
async function startForwarding(targetPort: number): Promise<{ config: KubeConfig; paths: string[] }> {
  const paths: string[] = [];
  const server = createHttpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'v4.channel.k8s.io' });
  sockets.on('connection', (socket, { url = '' }) => {
    paths.push(url);
    const port = Buffer.from([0, 0]);
    socket.send(Buffer.concat([Buffer.from([DATA]), port]));
    socket.send(Buffer.concat([Buffer.from([ERRORS]), port]));
    const pod = connect(targetPort, '127.0.0.1');
    pod.on('data', (chunk: Buffer) => socket.send(Buffer.concat([Buffer.from([DATA]), chunk])));
    pod.on('close', () => socket.close());
    pod.on('error', (error) =>
      socket.send(Buffer.concat([Buffer.from([ERRORS]), Buffer.from(error.message)])),
    );
    socket.on('message', (message: Buffer) => pod.write(message.subarray(1)));
    socket.on('close', () => pod.destroy());
  });
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  });
  const config = new KubeConfig();
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  config.loadFromClusterAndUser({ name: 'test', server: address, skipTLSVerify: true }, { name: 'test' });
  return { config, paths };
}

async function ask(url: string): Promise<string> {
  return await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false }, resolve).once('error', reject);
  }).then(text);
}

test('requests to the local port reach the port of the pod, each on a connection of its own', async () => {
  const pod = createHttpServer(({ url }, response) => response.end(`pod ${url}`)).listen(0, '127.0.0.1');
  await once(pod, 'listening');
  onTestFinished(() => void pod.close());
  const { config, paths } = await startForwarding((pod.address() as AddressInfo).port);
  await using forwarded = await forwardPort(config, { namespace: 'books', pod: 'witness-a', port: 15_100 });
  const answers = await Promise.all(['/a', '/b'].map((path) => ask(forwarded.url + path)));
  expect(answers).toEqual(['pod /a', 'pod /b']);
  const path = '/api/v1/namespaces/books/pods/witness-a/portforward?ports=15100';
  expect(paths).toEqual([path, path]);
});

test('a port that the pod does not open resets the connection', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  closed.close();
  const { config } = await startForwarding(port);
  await using forwarded = await forwardPort(config, { namespace: 'books', pod: 'witness-a', port: 15_100 });
  await expect(ask(forwarded.url)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('an API server that refuses to forward resets the connection', async () => {
  const server = createHttpServer((_, response) => response.writeHead(403).end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const config = new KubeConfig();
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  config.loadFromClusterAndUser({ name: 'test', server: address, skipTLSVerify: true }, { name: 'test' });
  await using forwarded = await forwardPort(config, { namespace: 'books', pod: 'witness-a', port: 15_100 });
  await expect(ask(forwarded.url)).rejects.toMatchObject({ code: 'ECONNRESET' });
});
