import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookinfoFiles, resourcesOf, SIDECAR } from '@bookinfo/rules/testing';
import { compile } from '@bookinfo/compiler';
import {
  DEFAULT_MESH_CONFIG,
  type Model,
  modelOf,
  plannedPods,
  modelOfFiles,
  parseResources,
  type Resource,
  conversionText,
  convert,
} from '@bookinfo/rules';
import type { RetryPolicy } from '@bookinfo/routing';
import { explain, type ProbeRequest, predict, probeOf } from '@bookinfo/analysis';
import { bookinfo as application } from '@bookinfo/application';

const base = modelOfFiles(bookinfoFiles(), DEFAULT_MESH_CONFIG);
if ('problems' in base) throw new Error('the files of Bookinfo are wrong');
const bookinfo = base.model;

/** Bookinfo's own mesh with these resources. */
const modelWith = (resources: readonly Resource[]): Model => {
  const written = [...bookinfo.written, ...resources];
  return modelOf(written, plannedPods(written), bookinfo.meshConfig);
};

const stringMatch = (...values: string[]) =>
  fc.oneof(
    fc.constantFrom(...values).map((exact) => ({ exact })),
    fc.constantFrom(...values).map((value) => ({ prefix: value.slice(0, 3) })),
    fc.constantFrom('.*', 'j.*', '/reviews/[0-9]', '^(.*?;)?(user=jason)(;.*)?$').map((regex) => ({ regex })),
  );
const labels = fc.constantFrom(
  {},
  { version: 'v1' },
  { version: 'v2' },
  { version: 'v9' },
  { app: 'reviews', version: 'v3' },
);
const headers = fc.record(
  {
    uri: stringMatch('/reviews/0', '/reviews', '/'),
    method: stringMatch('GET', 'POST'),
    authority: stringMatch('reviews:9080'),
    'end-user': stringMatch('jason', 'jane'),
    Cookie: stringMatch('user=jason'),
  },
  { requiredKeys: [] },
);
const source = fc.oneof(
  fc.record({ name: fc.constantFrom('productpage', 'ratings', 'nobody'), labels }),
  fc.record({ labels: fc.constantFrom({ app: 'productpage' }, { istio: 'ingress' }) }),
);
const percent = fc.constantFrom(0, 0.5, 10, 33.3, 100);
const httpFault = fc.record(
  {
    delay: fc.record({ percent, fixedDelay: fc.constantFrom('1s', '20s') }, { requiredKeys: ['fixedDelay'] }),
    abort: fc.record({ percent, httpStatus: fc.constantFrom(400, 503) }, { requiredKeys: ['httpStatus'] }),
  },
  { requiredKeys: [] },
);
const weighted = fc
  .tuple(fc.integer({ min: 0, max: 100 }), labels, labels, fc.constantFrom('ratings', 'details'))
  .map(([weight, one, other, name]) => [
    { labels: one, weight },
    { labels: other, weight: 100 - weight, ...(weight % 3 === 0 && { destination: { name } }) },
  ]);
const action = fc.oneof(
  fc.record(
    {
      route: fc.oneof(
        labels.map((each) => [{ labels: each }]),
        weighted,
      ),
      httpFault,
      httpReqTimeout: fc.constantFrom('2s', '30s').map((timeout) => ({ simpleTimeout: { timeout } })),
      rewrite: fc.constant({ uri: '/ratings/0', authority: 'elsewhere' }),
      appendHeaders: fc.constant({ 'x-by': 'rule' }),
      mirror: labels.map((each) => ({ name: 'details', labels: each })),
      corsPolicy: fc.constant({ allowOrigin: ['http://a.example'], allowCredentials: true }),
      httpReqRetries: fc.constantFrom(0, 2).map((attempts) => ({ simpleRetry: { attempts } })),
    },
    { requiredKeys: [] },
  ),
  fc.record({ redirect: fc.constant({ uri: '/elsewhere' }) }),
);
const routeRule = fc.record({
  namespace: fc.constantFrom('default', 'other'),
  precedence: fc.integer({ min: -1, max: 2 }),
  match: fc.option(fc.record({ request: fc.record({ headers }), source }, { requiredKeys: [] }), {
    nil: undefined,
  }),
  action,
});
const routeRules = fc.array(routeRule, { minLength: 1, maxLength: 5 }).map((rules) =>
  rules.map(({ namespace, action: does, ...spec }, index) => ({
    apiVersion: 'config.istio.io/v1alpha2',
    kind: 'RouteRule',
    metadata: { name: `rule-${index}`, namespace },
    spec: { destination: { name: 'reviews', namespace: 'default' }, ...spec, ...does },
  })),
);
const question = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  url: fc.constantFrom(
    'http://reviews:9080/reviews/0',
    'http://reviews:9080/',
    'http://reviews.default:9080/x',
  ),
  headers: fc.constantFrom<Record<string, string>>(
    {},
    { 'end-user': 'jason' },
    { cookie: 'user=jason' },
    { 'end-user': 'jane', cookie: 'a=b; user=jason' },
  ),
  from: fc.constantFrom('productpage', 'details'),
});

/** Without retries their conditions have no effect. */
function retriesOf(policy: RetryPolicy): RetryPolicy | undefined {
  return policy.numRetries > 0 ? policy : undefined;
}

/** The response that a client gets, with the timeouts and retries of the proxy. */
function effectOf(model: Model, asked: ProbeRequest): unknown {
  const probe = probeOf(model, asked);
  const { fault, action: taken } = explain(probe);
  const limits = taken.kind === 'forward' ? [taken.timeoutMs, retriesOf(taken.retryPolicy)] : taken;
  return { responses: predict(probe, application), fault, limits };
}

/** The same rules in every run; a failure prints the path to the value and the value. */
const SEED = 2017;

test('converted RouteRules give every request the same shares of the same responses', () => {
  fc.assert(
    fc.property(routeRules, fc.array(question, { minLength: 1, maxLength: 4 }), (rules, questions) => {
      const old = resourcesOf(rules.map((rule) => JSON.stringify(rule)).join('\n---\n'));
      const text = conversionText(convert([...bookinfo.resources, ...old]));
      const before = modelWith(old);
      const after = modelWith(resourcesOf(text));
      for (const asked of questions) expect(effectOf(after, asked)).toEqual(effectOf(before, asked));
    }),
    { numRuns: 200, seed: SEED },
  );
});

type RouteRule = ReturnType<(typeof routeRules)['generate']>['value'][number];
type Match = { exact?: string; prefix?: string; regex?: string };

/** Evaluates one condition in JavaScript. */
function holds({ exact, prefix, regex }: Match, value: string | undefined): boolean {
  if (value === undefined) return false;
  if (exact !== undefined) return value === exact;
  if (prefix !== undefined) return value.startsWith(prefix);
  return new RegExp(`^(?:${regex})$`).test(value);
}

/** The clients; of the arbitrary sources only these name one of them. */
function isSource(rule: RouteRule, { from }: ProbeRequest): boolean {
  const { source: caller } = rule.spec.match ?? {};
  if (!caller) return true;
  if (!('name' in caller)) return caller.labels.app === from;
  const hasLabels = Object.entries({ app: from, version: 'v1' });
  const wanted = Object.entries(caller.labels);
  return (
    caller.name === from &&
    rule.metadata.namespace === 'default' &&
    wanted.every(([key, value]) => hasLabels.some(([name, actual]) => name === key && actual === value))
  );
}

function matches(rule: RouteRule, asked: ProbeRequest): boolean {
  const url = new URL(asked.url);
  const parts: Record<string, string | undefined> = {
    uri: url.pathname,
    method: asked.method,
    authority: url.host,
  };
  return (
    isSource(rule, asked) &&
    Object.entries<Match | undefined>(rule.spec.match?.request?.headers ?? {}).every(
      ([name, match]) =>
        !match || holds(match, name in parts ? parts[name] : asked.headers[name.toLowerCase()]),
    )
  );
}

test('the matching rule of the highest precedence wins, compared with a linear search', () => {
  fc.assert(
    fc.property(routeRules, question, (rules, asked) => {
      const [winner] = rules
        .filter((rule) => matches(rule, asked))
        .toSorted((a, b) => {
          const [one, other] = [a, b].map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
          return b.spec.precedence - a.spec.precedence || (String(one) < String(other) ? -1 : 1);
        });
      const text = rules.map((rule) => JSON.stringify(rule)).join('\n---\n');
      const expected = winner && `RouteRule/${winner.metadata.namespace}/${winner.metadata.name}`;
      expect(explain(probeOf(modelWith(resourcesOf(text)), asked)).rule?.resource).toBe(expected);
    }),
    { numRuns: 500, seed: SEED },
  );
});

const anyText = fc.oneof(
  fc.string(),
  fc.constantFrom('reviews', 'a.example.com', 'x'.repeat(63), '*.a', '-', ''),
);
const anyLabels = fc.dictionary(anyText, anyText, { maxKeys: 2 });
const anyService = fc.record(
  {
    name: anyText,
    namespace: anyText,
    domain: anyText,
    service: fc.array(anyText).map((parts) => parts.join('.')),
    labels: anyLabels,
  },
  { requiredKeys: [] },
);
const anySpec = fc.record(
  {
    destination: fc.oneof(anyService, anyText),
    match: fc.record(
      {
        source: anyService,
        request: fc.record({ headers: fc.dictionary(anyText, fc.record({ exact: anyText })) }),
      },
      { requiredKeys: [] },
    ),
    route: fc.array(fc.record({ labels: anyLabels, destination: anyService }, { requiredKeys: [] }), {
      maxLength: 1,
    }),
    mirror: anyService,
    appendHeaders: fc.dictionary(anyText, anyText),
  },
  { requiredKeys: ['destination'] },
);

test('every accepted RouteRule compiles', () => {
  fc.assert(
    fc.property(anySpec, (spec) => {
      const rule = {
        apiVersion: 'config.istio.io/v1alpha2',
        kind: 'RouteRule',
        metadata: { name: 'r' },
        spec,
      };
      const { resources, problems } = parseResources([{ file: 'r.yaml', text: JSON.stringify(rule) }]);
      if (problems.length > 0) return;
      expect(compile(modelWith(resources), SIDECAR).clusters.size).toBeGreaterThan(0);
    }),
    { numRuns: 2000, seed: SEED },
  );
});
