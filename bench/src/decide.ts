import { DEFAULT_MESH_CONFIG, modelOf, parseResources } from '@bookinfo/rules';
import { compile } from '@bookinfo/compiler';
import { decide, Matcher } from '@bookinfo/routing';
import { median } from './compare.ts';

const ROUNDS = 5;
const DECISIONS = 200_000;
/** Different ones, taken in turn, so that nothing is measured that one request leaves behind in a cache. */
const REQUESTS = 1000;

/** Decisions a second of one core, for more and more rules on one host, and for more and more hosts. */
export function measureDecide(): Promise<string[]> {
  const sizes = [1, 10, 100, 1000].map((rules) => ({ hosts: 1, rules }));
  const lines = [...sizes, { hosts: 1000, rules: 1 }, { hosts: 1000, rules: 10 }].map(({ hosts, rules }) => {
    const { matcher, compileMs } = meshOf(hosts, rules);
    const rates = Array.from({ length: ROUNDS }, () => decisionsPerSecond(matcher, hosts, rules));
    const figures = `${median(rates).toFixed(0)} decisions/s, compiled in ${compileMs.toFixed(0)} ms`;
    return `${hosts} hosts, ${rules} rules each: ${figures}`;
  });
  return Promise.resolve(['decide, by CPU time of one core', ...lines]);
}

function meshOf(hosts: number, rules: number): { matcher: Matcher; compileMs: number } {
  const sources = Array.from({ length: hosts }, (_, host) => ({
    file: `${host}.yaml`,
    text: hostYaml(`host${host}`, rules),
  }));
  const { resources, problems } = parseResources(sources);
  if (problems.length > 0) throw new Error(problems[0]?.message);
  const startedAt = performance.now();
  const model = modelOf(resources, [], DEFAULT_MESH_CONFIG);
  const table = compile(model, { kind: 'sidecar', namespace: 'default', labels: {} });
  const compileMs = performance.now() - startedAt;
  return { matcher: new Matcher(table), compileMs };
}

/** A rule for each of many users, and a split for all others. */
function hostYaml(host: string, rules: number): string {
  const users = Array.from(
    { length: rules - 1 },
    (_, user) =>
      `    - match: [{ headers: { end-user: { exact: user${user} } } }]\n      route: [{ destination: { host: ${host}, subset: v1 } }]`,
  );
  return `
apiVersion: v1
kind: Service
metadata: { name: ${host} }
spec: { selector: { app: ${host} }, ports: [{ port: 9080 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${host} }
spec: { host: ${host}, subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${host} }
spec:
  hosts: [${host}]
  http:
${users.join('\n')}
    - route:
        - { destination: { host: ${host}, subset: v1 }, weight: 50 }
        - { destination: { host: ${host}, subset: v2 }, weight: 50 }
`;
}

function decisionsPerSecond(matcher: Matcher, hosts: number, rules: number): number {
  const requests = Array.from({ length: REQUESTS }, (_, index) => ({
    port: 9080,
    method: 'GET',
    scheme: 'http' as const,
    authority: `host${index % hosts}:9080`,
    path: '/reviews/0',
    // Half of the users have no rule and meet the split.
    headers: { 'end-user': `user${(index * 7919) % (2 * rules)}`, 'user-agent': 'bench', accept: '*/*' },
  }));
  const before = process.cpuUsage();
  for (let round = 0; round < DECISIONS / REQUESTS; round += 1)
    for (const request of requests) decide(matcher, request, Math.random);
  const { user, system } = process.cpuUsage(before);
  return DECISIONS / ((user + system) / 1e6);
}
