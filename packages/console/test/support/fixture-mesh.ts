import type { Graph, Load, Pod, RuleResource, Verification } from '../../src/api/types.ts';
import { EXPLANATION, PREDICTED } from './answers.ts';
import { RULES } from './rules.ts';
import { TRACE, TRACES } from './traces.ts';

/** A mesh that is only data, which a test may change. */
export interface FixtureMesh {
  operations: Record<string, (body: never) => object>;
  graph: Graph;
  load: Load;
  pods: Pod[];
  resources: RuleResource[];
  verification: Verification;
  /** Bodies of the operations that change something. */
  changes: [operation: string, body: unknown][];
}

/** Returns a mesh with this graph. */
export function fixtureMesh(graph: Graph): FixtureMesh {
  const changes: FixtureMesh['changes'] = [];
  const changing =
    (operation: string, respond: (body: never) => object = () => ({})) =>
    (body: never): object => {
      changes.push([operation, body]);
      return respond(body);
    };
  const mesh: FixtureMesh = {
    graph,
    changes,
    resources: RULES,
    pods: podsOf(graph),
    load: { isOn: false, requestsPerSecond: 5, sent: 1200, failed: 12, statuses: { '200': 1188, '500': 12 } },
    verification: { state: 'idle', done: 0, of: 0 },
    operations: {
      'GET /graph': () => mesh.graph,
      'GET /traces': () => TRACES,
      'GET /trace': () => TRACE,
      'GET /rules': () => ({ resources: mesh.resources }),
      'GET /pods': () => mesh.pods,
      'GET /logs': ({ deployment }: { deployment: string }) => ({
        pods: [
          { pod: `${deployment}-7c9`, output: `{"level":"info","msg":"GET /reviews/0 200"}\n`.repeat(40) },
        ],
      }),
      'POST /check': ({ sources }: { sources: { file: string; text: string }[] }) => checkOf(sources),
      'POST /apply': changing('apply', () => ({
        changes: [{ kind: 'VirtualService', namespace: 'default', name: 'reviews', action: 'configured' }],
        notices: [],
        warnings: [],
      })),
      'POST /delete': changing('delete', () => ({ changes: [], notices: [], warnings: [] })),
      'POST /explain': () => EXPLANATION,
      'POST /predict': () => PREDICTED,
      'POST /restart': changing('restart'),
      'POST /scale': changing('scale'),
      'GET /load': () => mesh.load,
      'POST /load': changing('load', (body: Pick<Load, 'isOn' | 'requestsPerSecond'>) => {
        mesh.load = { ...mesh.load, ...body };
        return mesh.load;
      }),
      'GET /verification': () => mesh.verification,
      'POST /verification': changing('verification', () => {
        mesh.verification = { state: 'running', done: 3, of: 8, claim: 'reviews: 80 % v1, 20 % v2' };
        return {};
      }),
      'POST /verification/stop': changing('stop', () => {
        mesh.verification = { state: 'ended', done: 8, of: 8, text: 'all claims hold\n' };
        return {};
      }),
    },
  };
  return mesh;
}

function checkOf(sources: readonly { file: string; text: string }[]): object {
  const problems = sources.flatMap(({ file, text }) => {
    const line = text.split('\n').findIndex((one) => one.includes('wieght')) + 1;
    return line > 0
      ? [{ file, line, column: 11, message: '"wieght" is not a field here; did you mean "weight"?' }]
      : [];
  });
  return { problems, notices: [], warnings: [] };
}

function podsOf({ nodes }: Graph): Pod[] {
  return nodes
    .filter(({ kind }) => kind === 'workload')
    .flatMap(({ name, namespace, pods, readyPods, restarts, ejected }) =>
      Array.from({ length: pods }, (_, index) => ({
        name: `${name}-${(index + 7).toString(36)}c9f`,
        namespace,
        deployment: name,
        state: index < readyPods ? 'ready' : 'starting',
        restarts: index === 0 ? restarts : 0,
        startedAt: new Date(Date.now() - 3_600_000).toISOString(),
        ejected: index < ejected,
      })),
    );
}
