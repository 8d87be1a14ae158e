import { expect, test } from 'vitest';
import { deploymentYaml, type DeploymentParts, resourcesOf } from '@bookinfo/rules/testing';
import { ask } from '@bookinfo/testing';
import { systemClock, type Clock, type Random } from '@bookinfo/effects';
import type { RuntimeEvent } from './pod-status.js';
import { Runtime } from './runtime.js';
import { readWorkload, type Workload } from './workload.js';

const PROGRAM = new URL('../../test/programs/pod.js', import.meta.url).pathname;
function workloads(...all: DeploymentParts[]): Workload[] {
  const resources = all.flatMap((parts) => resourcesOf(deploymentYaml(parts)));
  return resources.flatMap((resource) => {
    if (resource.kind !== 'Deployment') return [];
    const result = readWorkload(resource, () => PROGRAM);
    return 'workload' in result ? result.workload : [];
  });
}

function startRuntime({
  clock = systemClock,
  random = Math.random,
}: { clock?: Clock; random?: Random } = {}) {
  const events: RuntimeEvent[] = [];
  const sidecars = { open: 0 };
  const runtime = new Runtime({
    clock,
    random,
    openSidecar: () => {
      sidecars.open += 1;
      const close = () => Promise.resolve(void (sidecars.open -= 1));
      return Promise.resolve({ url: 'http://127.0.0.1:1', proxy: 'embedded' as const, close });
    },
    onChange: () => undefined,
    endpointsInForce: () => Promise.resolve(),
    onEvent: (event) => events.push(event),
  });
  const ready = () => runtime.pods.filter((pod) => pod.ready);
  return {
    runtime,
    events,
    sidecars,
    ready,
    becomesReady: async (count: number) => {
      await expect.poll(() => ready().length).toBe(count);
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

test('a replica runs with its manifest’s environment, at the address that the registry has', async () => {
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
  await expect.poll(() => mesh.runtime.pods.map((pod) => pod.name)).toEqual([oldest?.name]);
  mesh.runtime.reconcile([]);
  await expect.poll(() => mesh.runtime.pods).toEqual([]);
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
  await expect.poll(() => mesh.runtime.pods.map((pod) => pod.name)).toEqual([younger?.name]);
});

test('a changed template replaces its pods, which serve until the new ones are ready', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ env: { COLOUR: 'red' } }));
  await mesh.becomesReady(1);
  const [old] = mesh.ready();
  mesh.runtime.reconcile(workloads({ env: { COLOUR: 'blue', READY: 'false' } }));
  await expect.poll(() => mesh.runtime.pods.filter((pod) => pod.phase === 'Running').length).toBe(2);
  expect(mesh.ready()).toEqual([old]);
  mesh.runtime.reconcile(workloads({ env: { COLOUR: 'blue' } }));
  await expect.poll(() => mesh.ready().map((pod) => pod.name === old?.name)).toEqual([false]);
  await expect.poll(() => mesh.runtime.pods.length).toBe(1);
});

test('a restart replaces the pods, and the old ones serve until the new ones are ready', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ replicas: 2 }));
  await mesh.becomesReady(2);
  for (let restarts = 0; restarts < 2; restarts += 1) {
    const old = mesh.ready().map(({ name }) => name);
    expect(mesh.runtime.restart('echo-v1', 'default')).toBe(true);
    expect(mesh.ready().map(({ name }) => name)).toEqual(old);
    await expect.poll(() => mesh.runtime.pods.some(({ name }) => old.includes(name))).toBe(false);
    expect(mesh.ready()).toHaveLength(2);
  }
});

test('a workload that does not exist is not restarted', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({}));
  expect(mesh.runtime.restart('echo-v1', 'other')).toBe(false);
});

test('a process that ends by itself is started again, on another port, and counted', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({}));
  await mesh.becomesReady(1);
  await ask(mesh.port(), { path: '/crash' }).catch(() => undefined);
  await expect
    .poll(() => mesh.events.at(-1))
    .toMatchObject({
      kind: 'died',
      reason: 'exit code 7',
      restartInMs: 500,
      pod: { phase: 'CrashLoopBackOff', ready: false },
    });
  await mesh.becomesReady(1);
  expect(mesh.runtime.pods).toMatchObject([{ phase: 'Running', restarts: 1 }]);
});

test('the port of a process that has ended can be used again', async () => {
  // The same random number leads to the same port each time: a port that is not released could not be allocated again.
  const fixed = Math.random();
  await using mesh = startRuntime({ random: () => fixed });
  mesh.runtime.reconcile(workloads({}));
  await mesh.becomesReady(1);
  const port = mesh.port();
  await ask(port, { path: '/crash' }).catch(() => undefined);
  await expect.poll(() => mesh.events.at(-1)).toMatchObject({ kind: 'died', reason: 'exit code 7' });
  await mesh.becomesReady(1);
  expect(mesh.port()).toBe(port);
});

test('a process that ends at its start is reported with the reason and its output', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ env: { EXIT_AT_START: '3' } }));
  await expect
    .poll(() => mesh.events)
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
    .poll(() => mesh.events.at(-1))
    .toMatchObject({ kind: 'died', reason: 'liveness probe failed' });
});

/** The machine's clock, except that the 100 ms between a pod's removal from the endpoints and its SIGTERM never end. */
function clockWithoutSettling() {
  const held: (() => void)[] = [];
  const clock: Clock = {
    ...systemClock,
    after: (ms, callback) => {
      if (ms !== 100) return systemClock.after(ms, callback);
      held.push(callback);
      return () => undefined;
    },
  };
  return { clock, settle: () => held.forEach((callback) => callback()) };
}

test('pods that are stopped serve on for 100 ms after they have left the endpoints', async () => {
  const { clock, settle } = clockWithoutSettling();
  await using mesh = startRuntime({ clock });
  mesh.runtime.reconcile(workloads({ replicas: 3 }));
  await mesh.becomesReady(3);
  const ports = mesh.ready().map(({ address }) => Number(address?.split(':')[1]));
  mesh.runtime.reconcile([]);
  expect(mesh.ready()).toEqual([]);
  for (let count = 0; count < 20; count += 1)
    for (const port of ports) expect(await ask(port, { path: '/' })).toMatchObject({ status: 200 });
  settle();
  await expect.poll(() => mesh.runtime.pods).toEqual([]);
});

test('a request in flight when its pod is stopped gets its response', async () => {
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
])('a program that %s is killed after the grace period', async (_, env, path) => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ env }));
  await mesh.becomesReady(1);
  const pid = await pidOf(mesh.port());
  await ask(mesh.port(), { path });
  await mesh.runtime.stop(200);
  expect(isAlive(pid)).toBe(false);
});

test('child processes of a program end with it', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ env: { GRANDCHILD: 'yes' } }));
  await mesh.becomesReady(1);
  const group = await pidOf(mesh.port());
  expect(isAlive(-group)).toBe(true);
  await mesh.runtime.stop(5000);
  await expect.poll(() => isAlive(-group)).toBe(false);
});

test('stop ends pods that are starting and pods that wait for their restart', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ name: 'fine' }, { name: 'broken', env: { EXIT_AT_START: '1' } }));
  await expect.poll(() => mesh.events.length).toBeGreaterThan(0);
  await mesh.runtime.stop(1000);
  expect(mesh.runtime.pods).toEqual([]);
  expect(mesh.sidecars.open).toBe(0);
});

test('a pod that is stopped before its process has started never starts it', async () => {
  await using mesh = startRuntime();
  mesh.runtime.reconcile(workloads({ replicas: 3 }));
  await mesh.runtime.stop(60_000);
  expect(mesh.runtime.pods).toEqual([]);
  expect(mesh.sidecars.open).toBe(0);
});
