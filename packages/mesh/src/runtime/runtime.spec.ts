import { expect, test, vi } from 'vitest';
import { deploymentYaml, type DeploymentParts, resourcesOf } from '@bookinfo/rules/testing';
import { ask } from '@bookinfo/testing';
import { systemClock, type Clock } from '@bookinfo/effects';
import type { RuntimeEvent } from './pod-status.js';
import { Runtime } from './runtime.js';
import { readWorkload, type Workload } from './workload.js';

// Processes are started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const PROGRAM = new URL('../../test/programs/pod.js', import.meta.url).pathname;
/** For what takes a process to start or end. */
const SOON = { timeout: 10_000, interval: 20 };

function workloads(...all: DeploymentParts[]): Workload[] {
  const resources = all.flatMap((parts) => resourcesOf(deploymentYaml(parts)));
  return resources.flatMap((resource) => {
    if (resource.kind !== 'Deployment') return [];
    const result = readWorkload(resource, () => PROGRAM);
    return 'workload' in result ? result.workload : [];
  });
}

function startRuntime(clock = systemClock) {
  const events: RuntimeEvent[] = [];
  const sidecars = { open: 0 };
  const runtime = new Runtime({
    clock,
    openSidecar: () => {
      sidecars.open += 1;
      const close = () => Promise.resolve(void (sidecars.open -= 1));
      return Promise.resolve({ url: 'http://127.0.0.1:1', close });
    },
    onChange: () => undefined,
    onEvent: (event) => events.push(event),
  });
  const ready = () => runtime.pods.filter((pod) => pod.ready);
  return {
    runtime,
    events,
    sidecars,
    ready,
    becomesReady: async (count: number) => {
      await expect.poll(() => ready().length, SOON).toBe(count);
    },
    port: () => Number(ready()[0]?.address?.split(':')[1]),
    [Symbol.asyncDispose]: () => runtime.stop(0),
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function pidOf(port: number): Promise<number> {
  const { body } = await ask(port, { path: '/env' });
  return (JSON.parse(body) as { pid: number }).pid;
}

test('a replica runs with its manifest’s environment, at the address that the registry is told', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ env: { COLOUR: 'red' } }));
  await mesh.becomesReady(1);
  const environment = JSON.parse((await ask(mesh.port(), { path: '/env' })).body);
  expect(environment).toMatchObject({ COLOUR: 'red', VERSION: 'v1', HTTP_PROXY: 'http://127.0.0.1:1' });
  const [pod] = mesh.runtime.endpoints;
  expect(pod).toMatchObject({
    name: expect.stringMatching(/^echo-v1-[a-z0-9]{9}-[a-z0-9]{5}$/),
    ports: { 9080: mesh.port() },
    ready: true,
  });
  expect(environment.HOSTNAME).toBe(pod?.name);
});

test('scaling starts and stops replicas', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ replicas: 3 }));
  await mesh.becomesReady(3);
  expect(new Set(mesh.runtime.pods.map((pod) => pod.address)).size).toBe(3);
  const [oldest] = mesh.runtime.pods;
  mesh.runtime.reconcile(workloads({ replicas: 1 }));
  await expect.poll(() => mesh.runtime.pods.map((pod) => pod.name), SOON).toEqual([oldest?.name]);
  mesh.runtime.reconcile([]);
  await expect.poll(() => mesh.runtime.pods, SOON).toEqual([]);
  expect(mesh.sidecars.open).toBe(0);
});

test('scaling down stops a pod that is not ready first', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ replicas: 2 }));
  await mesh.becomesReady(2);
  const [, younger] = mesh.runtime.pods;
  await ask(mesh.port(), { path: '/toggle-ready' });
  await mesh.becomesReady(1);
  mesh.runtime.reconcile(workloads({ replicas: 1 }));
  await expect.poll(() => mesh.runtime.pods.map((pod) => pod.name), SOON).toEqual([younger?.name]);
});

test('a changed template replaces its pods, which serve until the new ones are ready', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ env: { COLOUR: 'red' } }));
  await mesh.becomesReady(1);
  const [old] = mesh.ready();
  mesh.runtime.reconcile(workloads({ env: { COLOUR: 'blue', READY: 'false' } }));
  await expect.poll(() => mesh.runtime.pods.filter((pod) => pod.phase === 'Running').length, SOON).toBe(2);
  expect(mesh.ready()).toEqual([old]);
  mesh.runtime.reconcile(workloads({ env: { COLOUR: 'blue' } }));
  await expect.poll(() => mesh.ready().map((pod) => pod.name === old?.name), SOON).toEqual([false]);
  await expect.poll(() => mesh.runtime.pods.length, SOON).toBe(1);
});

test('a process that dies is started again, on a new port, and counted', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({}));
  await mesh.becomesReady(1);
  await ask(mesh.port(), { path: '/crash' }).catch(() => undefined);
  await expect
    .poll(() => mesh.events.at(-1), SOON)
    .toMatchObject({
      kind: 'died',
      reason: 'exit code 7',
      restartInMs: 500,
      pod: { phase: 'CrashLoopBackOff', ready: false },
    });
  await mesh.becomesReady(1);
  expect(mesh.runtime.pods).toMatchObject([{ phase: 'Running', restarts: 1 }]);
});

test('a process that dies at start says how, with what it wrote last', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ env: { EXIT_AT_START: '3' } }));
  await expect
    .poll(() => mesh.events, SOON)
    .toMatchObject([{ kind: 'died', reason: 'exit code 3', output: 'the moon is out of reach\n' }]);
});

test('a pod that is not ready leaves the endpoints and comes back', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({}));
  await mesh.becomesReady(1);
  const port = mesh.port();
  await ask(port, { path: '/toggle-ready' });
  await mesh.becomesReady(0);
  expect(mesh.runtime.endpoints).toMatchObject([{ ready: false }]);
  await ask(port, { path: '/toggle-ready' });
  await mesh.becomesReady(1);
  expect(mesh.runtime.pods).toMatchObject([{ restarts: 0 }]);
});

test('a failing liveness probe restarts the process', async () => {
  const livenessProbe =
    'livenessProbe: { httpGet: { path: /livez, port: 9080 }, periodSeconds: 1, failureThreshold: 1 }';
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ container: [livenessProbe] }));
  await mesh.becomesReady(1);
  await ask(mesh.port(), { path: '/die' });
  await expect
    .poll(() => mesh.events.at(-1), SOON)
    .toMatchObject({ kind: 'died', reason: 'liveness probe failed' });
});

test('a pod serves on for 100 ms after it has left the endpoints', async () => {
  const held: (() => void)[] = [];
  const clock: Clock = {
    ...systemClock,
    after: (ms, callback) => {
      if (ms !== 100) return systemClock.after(ms, callback);
      held.push(callback);
      return () => undefined;
    },
  };
  await using mesh = startRuntime(clock);
  mesh.runtime.reconcile(workloads({}));
  await mesh.becomesReady(1);
  const port = mesh.port();
  mesh.runtime.reconcile([]);
  expect(mesh.ready()).toEqual([]);
  for (let count = 0; count < 20; count += 1)
    expect(await ask(port, { path: '/' })).toMatchObject({ status: 200 });
  for (const release of held) release();
  await expect.poll(() => mesh.runtime.pods, SOON).toEqual([]);
});

test('a request under way when its pod is stopped is answered', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({}));
  await mesh.becomesReady(1);
  const asking = ask(mesh.port(), { path: '/slow' });
  mesh.runtime.reconcile([]);
  expect(mesh.ready()).toEqual([]);
  expect(await asking).toMatchObject({ status: 200 });
});

test.each([
  ['ignores SIGTERM', { IGNORE_SIGTERM: 'yes' }, '/'],
  ['hangs in a loop', {}, '/block'],
])('a program that %s is killed when its time is up', async (_, env, path) => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ env }));
  await mesh.becomesReady(1);
  const pid = await pidOf(mesh.port());
  await ask(mesh.port(), { path });
  await mesh.runtime.stop(200);
  expect(isAlive(pid)).toBe(false);
});

test('what a program has started ends with it', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ env: { GRANDCHILD: 'yes' } }));
  await mesh.becomesReady(1);
  const group = await pidOf(mesh.port());
  expect(isAlive(-group)).toBe(true);
  await mesh.runtime.stop(5000);
  await expect.poll(() => isAlive(-group), SOON).toBe(false);
});

test('stop waits for pods that are still starting and for those that wait to be restarted', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ name: 'fine' }, { name: 'broken', env: { EXIT_AT_START: '1' } }));
  await expect.poll(() => mesh.events.length, SOON).toBeGreaterThan(0);
  await mesh.runtime.stop(1000);
  expect(mesh.runtime.pods).toEqual([]);
  expect(mesh.sidecars.open).toBe(0);
});

test('a pod that is stopped right after it was asked for is never started', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ replicas: 3 }));
  await mesh.runtime.stop(60_000);
  expect(mesh.runtime.pods).toEqual([]);
  expect(mesh.sidecars.open).toBe(0);
});

test('of several pods that stop at once each keeps serving a moment after it left the endpoints', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ replicas: 3 }));
  await mesh.becomesReady(3);
  const ports = mesh.ready().map(({ address }) => Number(address?.split(':')[1]));
  const pids = await Promise.all(ports.map(pidOf));
  mesh.runtime.reconcile([]);
  expect(mesh.ready()).toEqual([]);
  await new Promise<void>((resolve) => systemClock.after(60, resolve));
  expect(await Promise.all(ports.map(pidOf))).toEqual(pids);
  await expect.poll(() => pids.some(isAlive), SOON).toBe(false);
});
