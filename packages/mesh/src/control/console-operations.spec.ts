import { expect, test } from 'vitest';
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
