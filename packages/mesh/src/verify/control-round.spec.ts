import { expect, test } from 'vitest';
import { startBackend } from '@bookinfo/testing';
import { controlRound } from './control-round.js';

test('a round sends to the pods of the namespace on the way, and to the process of the mesh around each', async () => {
  const received: string[] = [];
  const start = (name: string) =>
    startBackend(name, (_, response) => {
      received.push(name);
      response.end();
    });
  await using mesh = await start('mesh');
  await using one = await start('one/stock-v1');
  await using two = await start('two/stock-v1');
  const addressOf = ({ endpoint: { address, port } }: typeof mesh) => `${address}:${port}`;
  const podIn = (namespace: string, backend: typeof mesh) => ({
    metadata: { namespace, labels: { app: 'stock', version: 'v1' } },
    status: { address: addressOf(backend) },
  });
  const items = [podIn('one', one), podIn('two', two)];
  const admin = { url: `http://${addressOf(mesh)}`, get: () => Promise.resolve({ tables: [], items }) };
  for (const namespace of ['one', 'two']) {
    received.length = 0;
    await (
      await controlRound(admin, [`${namespace}/stock-v1`])
    )();
    expect(received).toEqual(['mesh', `${namespace}/stock-v1`, 'mesh']);
  }
});
