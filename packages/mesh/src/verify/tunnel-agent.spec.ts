import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { TunnelAgent } from './tunnel-agent.js';

/** Starts a server with the host and the path in its responses, and a proxy with CONNECT that reaches it by any name. */
async function start() {
  const server = createServer(({ headers, url }, response) => {
    if (url === '/reset') response.destroy();
    else response.end(`${headers.host} ${url}`);
  }).listen(0, '127.0.0.1');
  const proxy = createServer().listen(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(proxy, 'listening')]);
  const connections: string[] = [];
  proxy.on('connect', ({ url = '' }, socket) => {
    connections.push(url);
    if (url.startsWith('nowhere')) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
      return;
    }
    const upstream = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
  });
  const agent = new TunnelAgent(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, {
    keepAlive: true,
  });
  onTestFinished(() => {
    agent.destroy();
    server.close();
    proxy.close();
  });
  return { agent, connections };
}

async function ask(agent: TunnelAgent, url: string): Promise<string> {
  return await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent }, resolve).once('error', reject);
  }).then(text);
}

test('the proxy connects to the host of the URL, and the request arrives as it is', async () => {
  const { agent, connections } = await start();
  expect(await ask(agent, 'http://reviews:9080/reviews/0')).toBe('reviews:9080 /reviews/0');
  expect(await ask(agent, 'http://reviews:9080/again')).toBe('reviews:9080 /again');
  expect(connections).toEqual(['reviews:9080']);
});

test('a connection that is reset behind the proxy is reset for the client', async () => {
  const { agent } = await start();
  await expect(ask(agent, 'http://reviews:9080/reset')).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a host that the proxy cannot connect to is named', async () => {
  const { agent } = await start();
  await expect(ask(agent, 'http://nowhere:80/')).rejects.toThrow(
    'no connection to nowhere:80, which has no address or does not listen (503)',
  );
});

test('a proxy that does not listen is an error of the request', async () => {
  const agent = new TunnelAgent('http://127.0.0.1:1');
  await expect(ask(agent, 'http://reviews:9080/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
