import { Agent } from 'node:http';
import { expect, test } from 'vitest';
import { parseResources } from '@bookinfo/rules';
import { deploymentYaml } from '@bookinfo/rules/testing';
import { ask } from '@bookinfo/testing';
import { systemClock } from '@bookinfo/effects';
import { readToken } from '../admin/token-file.js';
import { MeshServer } from './mesh-server.js';
import { whenReady } from './when-ready.js';

const WORKLOADS = new URL('../../test/workloads/shop.js', import.meta.url).href;
const APPLIES = 500;
/** 4 clients that ask every 20 ms: 200 requests a second. */
const CLIENTS = 4;
const PERIOD_MS = 20;

const DOOR = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: door }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
`;

const rule = (name: string, generation: number): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name} }
spec:
  hosts: [${name}.test]
  gateways: [door]
  http:
    - headers: { response: { set: { x-generation: '${generation}' } } }
      route: [{ destination: { host: echo } }]
`;

/**
 * Applies a file of two rules. A client that has seen the new version of one rule must not see the old version of the
 * other, and no client may see the first rule of a file whose second rule is invalid. Resolves with the status.
 */
async function apply(adminPort: number, generation: number, isGood: boolean): Promise<number> {
  const second = rule('b', generation);
  const text = `${rule('a', generation)}---${isGood ? second : second.replace('route:', 'rout:')}`;
  const { status } = await ask(adminPort, {
    path: '/apply',
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: String(readToken(adminPort)) },
    body: JSON.stringify({ sources: [{ file: 'rules.yaml', text }], strict: false }),
  });
  return status;
}

interface Traffic {
  requests: number;
  /** Responses that contradict that. */
  wrong: string[];
}

/** Sends requests to both hosts in turn until the signal is aborted. */
async function client(port: number, stop: AbortSignal, traffic: Traffic): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let newest = 0;
  for (let index = 0; !stop.aborted; index += 1) {
    const started = performance.now();
    const host = index % 2 === 0 ? 'a.test' : 'b.test';
    const response = await ask(port, { path: '/', headers: { host }, agent }).catch((error: unknown) =>
      String(error),
    );
    traffic.requests += 1;
    const generation = typeof response === 'string' ? Number.NaN : Number(response.headers['x-generation']);
    const isBad = generation % 2 === 1;
    if (typeof response === 'string' || response.status !== 200 || isBad || !(generation >= newest))
      traffic.wrong.push(`${JSON.stringify(response)} from ${host} after ${newest}`);
    else newest = generation;
    const rest = Math.max(0, PERIOD_MS - (performance.now() - started));
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
  agent.destroy();
}

test('500 valid and invalid files applied under load lose no request and never apply in part', async () => {
  const mesh = await MeshServer.start({
    adminPort: 0,
    workloads: WORKLOADS,
  });
  const stop = new AbortController();
  try {
    await mesh.apply([{ file: 'base.yaml', text: `${deploymentYaml()}---${DOOR}` }]);
    await whenReady(mesh, 60_000, systemClock);
    expect(await apply(mesh.adminPort, 0, true)).toBe(200);
    const port = Number(new URL(mesh.gatewayUrl).port);
    const traffic: Traffic = { requests: 0, wrong: [] };
    const clients = Array.from({ length: CLIENTS }, () => client(port, stop.signal, traffic));
    for (let generation = 1; generation <= APPLIES; generation += 1) {
      const isGood = generation % 2 === 0;
      expect(await apply(mesh.adminPort, generation, isGood)).toBe(isGood ? 200 : 422);
    }
    stop.abort();
    await Promise.all(clients);
    expect(traffic.wrong).toEqual([]);
    expect(traffic.requests).toBeGreaterThan(CLIENTS * 2);
    const last = await ask(port, { path: '/', headers: { host: 'b.test' } });
    expect(last.headers['x-generation']).toBe(String(APPLIES));
  } finally {
    stop.abort();
    await mesh.stop(0);
  }
});

/** Four files of 200 KiB, together near the limit of the admin endpoint. */
const bigFiles = Array.from({ length: 4 }, (_, file) => ({
  file: `big-${file}.yaml`,
  text: Array.from({ length: 900 }, (__, index) => rule(`host${file}-${index}`, 0)).join('---'),
}));

/** Milliseconds of this thread, however busy the machine is. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

test('a large file takes the thread that carries traffic a small part of the time that reading it takes, and requests go on', async () => {
  const begun = threadMs();
  expect(parseResources(bigFiles).problems).toEqual([]);
  const readingMs = threadMs() - begun;
  const mesh = await MeshServer.start({ adminPort: 0, workloads: WORKLOADS });
  try {
    await mesh.apply([{ file: 'base.yaml', text: DOOR }]);
    const port = Number(new URL(mesh.gatewayUrl).port);
    const before = threadMs();
    await mesh.apply(bigFiles);
    expect(threadMs() - before).toBeLessThan(readingMs / 4);
    let requests = 0;
    const change = { isDone: false };
    const applied = mesh.apply(bigFiles).then(() => (change.isDone = true));
    while (!change.isDone) {
      expect((await ask(port, { path: '/', headers: { host: 'host0-1.test' } })).status).toBe(503);
      requests += 1;
    }
    await applied;
    expect(requests).toBeGreaterThan(10);
  } finally {
    await mesh.stop(0);
  }
});
