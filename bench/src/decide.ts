import { DEFAULT_MESH_CONFIG, modelOf, parseResources } from '@bookinfo/rules';
import { compile } from '@bookinfo/compiler';
import { decide, Matcher } from '@bookinfo/routing';
import { median } from './median.ts';
import type { Row } from './row.ts';

const ROUNDS = 5;
const DECISIONS = 200_000;
/** Different ones, taken in turn, so that nothing is measured that one request leaves behind in a cache. */
const REQUESTS = 1000;

const SIZES = [
  { hosts: 1, rules: 10, goal: { atLeast: 500_000 } },
  { hosts: 1, rules: 1000 },
  { hosts: 1000, rules: 10 },
];

/** Decisions by one core, for more rules on one host, and for more hosts. */
export function measureDecide(): Promise<Row[]> {
  const rows = SIZES.map(({ hosts, rules, goal }): Row => {
    const matcher = matcherOf(hosts, rules);
    const rates = Array.from({ length: ROUNDS }, () => decisionsPerSecond(matcher, hosts, rules));
    const what = `decide, ${hosts} VirtualService${hosts === 1 ? '' : 's'} of ${rules} rules`;
    return { what, unit: 'decisions/s of CPU', measured: median(rates), ...(goal && { goal }) };
  });
  return Promise.resolve(rows);
}

function matcherOf(hosts: number, rules: number): Matcher {
  const sources = Array.from({ length: hosts }, (_, host) => ({
    file: `${host}.yaml`,
    text: hostYaml(`host${host}`, rules),
  }));
  const { resources, problems } = parseResources(sources);
  if (problems.length > 0) throw new Error(problems[0]?.message);
  const model = modelOf(resources, [], DEFAULT_MESH_CONFIG);
  return new Matcher(compile(model, { kind: 'sidecar', namespace: 'default', labels: {} }));
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
