import { expect, test } from 'vitest';
import { ask } from '@bookinfo/testing';
import { deploymentYaml } from '@bookinfo/rules/testing';
import { systemClock } from '@bookinfo/effects';
import { MeshServer } from './mesh-server.js';
import { whenReady } from './when-ready.js';

const WORKLOADS = new URL('../../test/workloads/shop.js', import.meta.url).href;
const RULE = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: echo }
spec: { hosts: [echo], http: [{ route: [{ destination: { host: echo } }] }] }
`;

async function startMesh() {
  const mesh = await MeshServer.start({ adminPort: 0, workloads: WORKLOADS });
  await mesh.apply([{ file: 'echo.yaml', text: deploymentYaml({}) }]);
  return { mesh, [Symbol.asyncDispose]: () => mesh.stop(0) };
}

test('scale sets the pods of a Deployment until its file is applied again', async () => {
  await using running = await startMesh();
  const { mesh } = running;
  expect(await mesh.scale('echo-v1', 'default', 2)).toMatchObject({
    changes: [{ name: 'echo-v1', action: 'configured' }],
  });
  await whenReady(mesh, 60_000, systemClock);
  expect(mesh.podStates().map(({ deployment, state, ejected }) => [deployment, state, ejected])).toEqual([
    ['echo-v1', 'Running', false],
    ['echo-v1', 'Running', false],
  ]);
  expect(JSON.parse(await mesh.get('deployments', 'echo-v1'))).toMatchObject({
    items: [{ spec: { replicas: 2 } }],
  });
  await mesh.scale('echo-v1', 'default', 0);
  await expect.poll(() => mesh.pods, { timeout: 60_000 }).toEqual([]);
  const applied = await mesh.apply([{ file: 'echo.yaml', text: deploymentYaml({}) }]);
  expect(applied).toMatchObject({ changes: [{ action: 'unchanged' }, { action: 'configured' }] });
  expect(mesh.pods).toHaveLength(1);
});

test('scale of a Deployment that does not exist is refused in a sentence', async () => {
  await using running = await startMesh();
  const { mesh } = running;
  await expect(mesh.scale('none', 'shop', 2)).rejects.toThrow(
    'deployments.apps "none" not found in namespace shop',
  );
});

test('check says what is wrong in files, and changes nothing', async () => {
  await using running = await startMesh();
  const { mesh } = running;
  const checked = async (text: string) =>
    JSON.parse(await mesh.check([{ file: 'r.yaml', text }])) as Record<string, unknown[]>;
  expect(await checked(RULE.replace('http:', 'https:'))).toEqual({
    problems: expect.arrayContaining([expect.objectContaining({ file: 'r.yaml', line: 5 })]),
    notices: [],
    warnings: [],
  });
  const { problems, notices } = await checked(RULE.replaceAll('host: echo', 'host: nothing'));
  expect(problems).toEqual([
    expect.objectContaining({ line: 5, message: expect.stringContaining('[unknown-host]') }),
  ]);
  expect(notices).toEqual([
    expect.objectContaining({ level: 'note', message: expect.stringContaining('[witness]') }),
  ]);
  expect(JSON.parse(await mesh.rules())).toEqual({
    resources: [
      expect.objectContaining({ kind: 'Service' }),
      expect.objectContaining({ kind: 'Deployment' }),
    ],
  });
});

test('rules shows the resources as YAML without the values of Secrets', async () => {
  await using running = await startMesh();
  const { mesh } = running;
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { password: hunter2 }\n';
  expect(await mesh.apply([{ file: 's.yaml', text: secret }])).toHaveProperty('changes');
  await mesh.apply([{ file: 'r.yaml', text: RULE }]);
  const text = await mesh.rules();
  expect(text).not.toContain('hunter2');
  const { resources } = JSON.parse(text) as { resources: { name: string; file: string; yaml: string }[] };
  expect(resources.at(-1)).toEqual({
    kind: 'VirtualService',
    namespace: 'default',
    name: 'echo',
    file: 'r.yaml',
    yaml: expect.stringContaining('hosts:\n    - echo\n'),
    lines: [],
  });
});

async function startAsking() {
  const running = await startMesh();
  const { mesh } = running;
  await mesh.apply([{ file: 'r.yaml', text: RULE }]);
  await whenReady(mesh, 60_000, systemClock);
  const sidecar = Number(new URL(mesh.sidecars[0]?.url ?? 'http://none').port);
  const askEcho = (headers = {}) => ask(sidecar, { url: 'http://echo:9080/a', headers });
  return { ...running, askEcho };
}

test('requests are counted for the line of their rule, until its resource is applied anew', async () => {
  await using running = await startAsking();
  const { mesh, askEcho } = running;
  for (let request = 0; request < 3; request += 1) await askEcho();
  type Rules = { resources: { kind: string; yaml: string; lines: { line: number; hits: number }[] }[] };
  const rule = async () =>
    (JSON.parse(await mesh.rules()) as Rules).resources.find(({ kind }) => kind === 'VirtualService');
  await expect.poll(async () => (await rule())?.lines).toEqual([{ line: 9, hits: 3 }]);
  expect((await rule())?.yaml.split('\n')[8]).toBe('    - route:');
  await mesh.apply([{ file: 'r.yaml', text: RULE.replace('route:', 'timeout: 5s, route:') }]);
  expect((await rule())?.lines).toEqual([]);
  await askEcho();
  await expect.poll(async () => (await rule())?.lines).toEqual([{ line: 9, hits: 1 }]);
});

test('a request is in the graph and is a trace with what was decided', async () => {
  await using running = await startAsking();
  const { mesh, askEcho } = running;
  await askEcho({ 'x-b3-traceid': 'a'.repeat(32), 'x-b3-spanid': 'b'.repeat(16), 'x-b3-sampled': '1' });
  await expect
    .poll(() => mesh.graph().edges)
    .toEqual([
      expect.objectContaining({
        from: 'default/echo-v1',
        to: 'default/echo-v1',
        service: 'echo.default.svc.cluster.local',
        requests: 1,
        predictedShare: { share: 1, low: 1, high: 1, agrees: true },
      }),
    ]);
  const { traces, held } = mesh.traces({ limit: 10 });
  expect([held, traces]).toEqual([
    1,
    [
      expect.objectContaining({
        traceId: 'a'.repeat(32),
        root: expect.objectContaining({ method: 'GET', url: 'http://echo:9080/a', status: 200 }),
        spans: 2,
        workloads: ['default/echo-v1'],
      }),
    ],
  ]);
  expect(mesh.trace('a'.repeat(32)).spans[0]).toMatchObject({
    kind: 'CLIENT',
    parentId: 'b'.repeat(16),
    status: 200,
    decision: {
      resource: 'VirtualService/default/echo',
      file: 'r.yaml',
      line: 5,
      destination: 'outbound|9080||echo.default.svc.cluster.local',
      weight: 100,
      attempts: [{ status: 200 }],
      mirrors: [],
    },
  });
  expect(() => mesh.trace('none')).toThrow('no trace "none" is held');
});
