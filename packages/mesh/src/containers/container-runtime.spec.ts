import { expect, test } from 'vitest';
import { deploymentYaml, resourcesOf } from '@bookinfo/rules/testing';
import { startBackend } from '@bookinfo/testing';
import { readWorkload, type Workload } from '../runtime/workload.js';
import { ContainerRuntime } from './container-runtime.js';

/** A workload whose name is in the DNS: that of this machine. */
function workload(containerPort: number, name = 'localhost'): Workload[] {
  return resourcesOf(deploymentYaml()).flatMap((resource) => {
    if (resource.kind !== 'Deployment') return [];
    const result = readWorkload(resource, (image) => image);
    if ('problems' in result) return [];
    const { template } = result.workload;
    const { readinessProbe: _, ...container } = template.container;
    return { ...result.workload, name, template: { ...template, containerPort, container } };
  });
}

function startRuntime(proxyPort = 15_007) {
  const opened: { name: string; containerPort: number }[] = [];
  const ready: string[] = [];
  const runtime = new ContainerRuntime({
    openSidecar: ({ name, containerPort }) => {
      opened.push({ name, containerPort });
      return Promise.resolve({
        url: `http://${name}:${proxyPort}`,
        proxy: 'envoy' as const,
        close: () => Promise.resolve(),
      });
    },
    onChange: () => undefined,
    endpointsInForce: () => Promise.resolve(),
    onEvent: ({ kind, pod }) => {
      if (kind === 'ready') ready.push(pod.name);
    },
  });
  return { runtime, opened, ready, [Symbol.asyncDispose]: () => runtime.stop() };
}

test('a pod is found by the name of its Deployment, and is an endpoint while its container is ready', async () => {
  const backend = await startBackend('echo');
  const { port } = backend.endpoint;
  await using running = startRuntime(port);
  const { runtime, opened, ready } = running;
  runtime.reconcile(workload(port));
  await expect.poll(() => ready).toEqual(['localhost']);
  expect(opened).toEqual([{ name: 'localhost', containerPort: port }]);
  expect(runtime.endpoints).toEqual([
    expect.objectContaining({ address: '127.0.0.1', ports: { [port]: port }, ready: true }),
  ]);
  expect(runtime.pods).toEqual([
    expect.objectContaining({ phase: 'Running', ready: true, sidecarUrl: `http://localhost:${port}` }),
  ]);
  await backend[Symbol.asyncDispose]();
  await expect.poll(() => runtime.pods[0]?.ready, { timeout: 60_000 }).toBe(false);
});

test('a pod is ready only while its proxy listens too', async () => {
  await using backend = await startBackend('echo');
  const proxy = await startBackend('echo');
  await using running = startRuntime(proxy.endpoint.port);
  const { runtime, ready } = running;
  runtime.reconcile(workload(backend.endpoint.port));
  await expect.poll(() => ready).toEqual(['localhost']);
  await proxy[Symbol.asyncDispose]();
  await expect.poll(() => runtime.pods[0]?.ready, { timeout: 60_000 }).toBe(false);
});

test('the pods that are ready already are known to be so when the first probes have ended', async () => {
  await using backend = await startBackend('echo');
  await using running = startRuntime(backend.endpoint.port);
  running.runtime.reconcile(workload(backend.endpoint.port));
  await running.runtime.probed();
  expect(running.runtime.endpoints).toEqual([expect.objectContaining({ ready: true })]);
});

test('a Deployment without a container has a pending pod and no endpoint', async () => {
  await using running = startRuntime();
  const { runtime, opened } = running;
  runtime.reconcile(workload(9080, 'no-such-container.invalid'));
  await expect.poll(() => opened).toHaveLength(1);
  expect(runtime.pods).toEqual([expect.objectContaining({ phase: 'Pending', ready: false })]);
  expect(runtime.endpoints).toEqual([expect.objectContaining({ ports: {}, ready: false })]);
});

test('a pod is restarted by Compose, and the error says how', async () => {
  await using running = startRuntime();
  running.runtime.reconcile(workload(9080));
  expect(() => running.runtime.restart('localhost', 'default')).toThrow(
    'Restart it with: docker compose restart localhost',
  );
  expect(running.runtime.restart('other', 'default')).toBe(false);
});
