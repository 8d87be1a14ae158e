import { expect, test } from 'vitest';
import { InvalidRequest } from '@bookinfo/analysis';
import { DEFAULT_MESH_CONFIG } from '@bookinfo/rules';
import { deploymentYaml } from '@bookinfo/rules/testing';
import type { EnforcedChange, TablesUpdate } from '../controller/messages.js';
import { NotFoundError, type Shown } from '../print/show-resources.js';
import { ControllerThread } from './controller-thread.js';

const workloadsIn = (file: string): string => new URL(`../../test/workloads/${file}`, import.meta.url).href;

function startController(workloads = workloadsIn('shop.js')) {
  const updates: TablesUpdate[] = [];
  const controller = new ControllerThread(
    { meshConfig: DEFAULT_MESH_CONFIG, workloads, minReplicas: 2 },
    (tables) => updates.push(tables),
  );
  const apply = (text: string) => controller.request('apply', [{ file: 'x.yaml', text }], false, 0);
  return { controller, updates, apply, [Symbol.asyncDispose]: () => controller.close() };
}

const replicasOf = (result: object) => (result as EnforcedChange).workloads[0]?.replicas;

test('requests are carried out in their order, and the tables of each come before its reply', async () => {
  await using running = startController();
  const seen: unknown[] = [];
  const replies = [2, 3, 4].map(async (replicas) => {
    const result = await running.apply(deploymentYaml({ replicas }));
    seen.push([replicasOf(result), running.updates.length]);
  });
  await Promise.all(replies);
  expect(seen).toEqual([
    [2, 1],
    [3, 2],
    [4, 3],
  ]);
});

test('a Deployment that asks for fewer replicas than the least number has that number, unless it asks for none', async () => {
  await using running = startController();
  const results = [0, 1, 3].map((replicas) => running.apply(deploymentYaml({ replicas })));
  expect((await Promise.all(results)).map(replicasOf)).toEqual([0, 2, 3]);
});

test('a refused file changes nothing', async () => {
  await using running = startController();
  expect(await running.apply('kind: [')).toMatchObject({ problems: [{ file: 'x.yaml' }] });
  expect(running.updates).toEqual([]);
});

test('undo takes back the latest change', async () => {
  await using running = startController();
  await running.apply(deploymentYaml({ name: 'kept' }));
  await running.apply(deploymentYaml({ name: 'undone' }));
  await running.controller.request('undo');
  const { items } = JSON.parse(await running.controller.request('get', [], 0, 'deployments')) as Shown;
  expect(items).toMatchObject([{ metadata: { name: 'kept-v1' } }]);
  expect(running.updates).toHaveLength(3);
});

test('errors keep their class', async () => {
  await using running = startController();
  await expect(running.controller.request('get', [], 0, 'nonsense')).rejects.toThrow(NotFoundError);
  const probe = { method: 'GET', url: 'http://x/', headers: {}, from: 'nobody' };
  await expect(running.controller.request('explain', [], probe)).rejects.toThrow(InvalidRequest);
});

test('a crash of the thread is an error with its cause, for requests under way and later ones', async () => {
  await using running = startController(workloadsIn('crashing.js'));
  // Node reports the crash after the reply, or before it.
  await running.apply(deploymentYaml({ image: 'crash' })).catch(() => undefined);
  const ended = {
    message: 'the control plane has ended: the moon is out of reach',
    cause: expect.objectContaining({ message: 'the moon is out of reach' }),
  };
  await expect.poll(() => running.apply('').catch((error: unknown) => error)).toMatchObject(ended);
  await expect(running.apply('')).rejects.toMatchObject(ended);
});

test('a module of workloads that cannot be imported is an error with its cause', async () => {
  await using running = startController('file:///nowhere.js');
  await expect(running.apply('')).rejects.toThrow(/^the control plane has ended: .*nowhere\.js/);
});

test('requests without a reply are rejected when the thread is closed', async () => {
  await using running = startController();
  const reply = running.apply('').catch((error: unknown) => error);
  await running.controller.close();
  expect(await reply).toMatchObject({ message: 'the mesh is stopped' });
});
