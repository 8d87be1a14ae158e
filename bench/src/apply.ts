import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { AdminClient } from '@bookinfo/mesh';
import { DEFAULT_MESH_CONFIG, modelOf, parseResources, type Source } from '@bookinfo/rules';
import { compile } from '@bookinfo/compiler';
import { median, quantile } from './median.ts';
import { freePort } from '@bookinfo/effects';
import { startProgram } from './program.ts';
import type { Row } from './row.ts';

const CLI = join(import.meta.dirname, '../../packages/cli/bin/bookinfo.js');
const HOSTS = 1000;
const RULES = 10;
/** The admin endpoint takes a megabyte at once. */
const HOSTS_PER_APPLY = 100;
const COMPILATIONS = 5;
const CHANGES = 61;
const WARM_UP = 10;
/** Beside the ingress gateway. */
const SIDECARS = 6;

/** A mesh of a thousand VirtualServices of ten rules: to compile it, and to change one of them in a running Bookinfo. */
export async function measureApply(): Promise<Row[]> {
  const compiled = Array.from({ length: COMPILATIONS }, compileOnce);
  const changed = await changeAgainAndAgain();
  const first = 'apply to the first request by it';
  return [
    { what: 'compile for one client', unit: 'ms', measured: median(compiled), goal: { atMost: 1000 } },
    { what: `${first}, median`, unit: 'ms', measured: median(changed), goal: { atMost: 10 } },
    { what: `${first}, p90`, unit: 'ms', measured: quantile(changed, 0.9) },
  ];
}

/** Resources that are read anew, so that nothing is remembered of them. */
function compileOnce(): number {
  const { resources } = parseResources(Array.from({ length: HOSTS }, (_, host) => hostFile(host)));
  const model = modelOf(resources, [], DEFAULT_MESH_CONFIG);
  const begun = performance.now();
  compile(model, { kind: 'sidecar', namespace: 'default', labels: {} });
  return performance.now() - begun;
}

/** Milliseconds from before each `apply` to after the first answer; throws when that isn't yet by the new rule. */
async function changeAgainAndAgain(): Promise<number[]> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const args = ['up', '--port', String(port), '--admin-port', String(adminPort)];
  await using _mesh = await startProgram(adminPort, CLI, args);
  const admin = new AdminClient(adminPort);
  for (let host = 0; host < HOSTS; host += HOSTS_PER_APPLY)
    await admin.apply(Array.from({ length: HOSTS_PER_APPLY }, (_, index) => hostFile(host + index)));
  const sidecar = await anySidecar(admin);
  const times = [];
  for (let change = 0; change < WARM_UP + CHANGES; change++) {
    // Spread over all of them.
    const host = (change * 389) % HOSTS;
    const begun = performance.now();
    await admin.apply([ruleFile(host, `change ${change}`)]);
    const body = await ask(sidecar, `host${host}`);
    if (body !== `change ${change}`)
      throw new Error(`answered ${JSON.stringify(body)} after change ${change}`);
    if (change >= WARM_UP) times.push(performance.now() - begun);
  }
  return times;
}

async function anySidecar(admin: AdminClient): Promise<string> {
  for (;;) {
    const { sidecars } = await admin.mesh();
    const [first] = sidecars;
    if (first && sidecars.length === SIDECARS) return first.url;
    await sleep(50);
  }
}

async function ask(url: string, host: string): Promise<string> {
  const [answer] = (await once(get(url, { headers: { host } }), 'response')) as [IncomingMessage];
  return text(answer);
}

function hostFile(host: number): Source {
  const service = `
apiVersion: v1
kind: Service
metadata: { name: host${host} }
spec: { selector: { app: host${host} }, ports: [{ port: 80 }] }
---`;
  return { file: `host${host}.yaml`, text: service + ruleFile(host, 'unchanged').text };
}

/** A rule for each of many users, and a response for all others. */
function ruleFile(host: number, answer: string): Source {
  const users = Array.from(
    { length: RULES - 1 },
    (_, user) => `
    - match: [{ headers: { end-user: { exact: user${user} } } }]
      route: [{ destination: { host: host${host} } }]`,
  );
  const rules = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: host${host} }
spec:
  hosts: [host${host}]
  http:${users.join('')}
    - directResponse: { status: 200, body: { string: '${answer}' } }
`;
  return { file: `host${host}-rules.yaml`, text: rules };
}
