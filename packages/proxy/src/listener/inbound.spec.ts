import { expect, test } from 'vitest';
import { ask, startBackend } from '@bookinfo/testing';
import { inboundTable } from '@bookinfo/routing';
import { Proxy } from './proxy.js';

test('an inbound listener sends requests for every host and port to its application, from 127.0.0.6', async () => {
  await using backend = await startBackend('reviews-v1', ({ socket }, response) =>
    response.end(socket.remoteAddress),
  );
  const { port } = backend.endpoint;
  const table = inboundTable(port);
  await using proxy = await Proxy.start({ role: 'sidecar', table, listenerPort: port });
  for (const host of ['reviews', 'reviews:9080', '172.30.0.5:8080'])
    expect(await ask(proxy.port, { path: '/', headers: { host } })).toMatchObject({
      status: 200,
      body: '127.0.0.6',
    });
});
