import * as fc from 'fast-check';

/** A VirtualService's spec as it is in YAML. */
export interface Rules {
  hosts: string[];
  http: object[];
}

/** The host of most requests is listed twice. */
const HOSTS = [
  'reviews',
  'reviews',
  'ratings.default.svc.cluster.local',
  '*.default.svc.cluster.local',
  'x.example.com',
  '*.example.com',
];

/** Few values, so that requests often match. */
const path = fc.constantFrom('/', '/a', '/a/', '/a/b', '/A', '/b', '/a%2Fb', '/~');
const text = fc.constantFrom('a', 'b', 'ab', 'a,b', '1');
const regex = fc.constantFrom('a|b', '.*', '[a-b]+', '(?i)A', 'a?');
const headerName = fc.constantFrom('x-a', 'X-B', 'cookie');

const stringMatch = fc.oneof(
  fc.record({ exact: text }),
  fc.record({ prefix: text }),
  fc.record({ regex }),
  fc.constant({}),
);

const uriMatch = fc.oneof(
  fc.record({ exact: path }),
  fc.record({ prefix: path }),
  fc.record({ regex: fc.constantFrom('/a.*', '/(a|b)', '/[^/]*', '.*') }),
  fc.constant({}),
);

/** One field, or two: more would rarely all match. */
const field = fc.oneof(
  fc.record({ uri: uriMatch, ignoreUriCase: fc.boolean() }),
  fc.record({ headers: fc.dictionary(headerName, stringMatch, { minKeys: 1, maxKeys: 2 }) }),
  fc.record({ withoutHeaders: fc.dictionary(headerName, stringMatch, { minKeys: 1, maxKeys: 2 }) }),
  fc.record({
    queryParams: fc.dictionary(fc.constantFrom('q', 'r'), stringMatch, { minKeys: 1, maxKeys: 2 }),
  }),
  fc.record({ method: fc.record({ exact: fc.constantFrom('GET', 'POST', 'OPTIONS') }) }),
  fc.record({ scheme: fc.record({ exact: fc.constantFrom('http', 'https') }) }),
  fc.record({
    authority: fc.constantFrom({ prefix: 'reviews' }, { exact: 'x.example.com' }, { regex: '.*:9080' }),
  }),
  fc.record({ port: fc.constantFrom(80, 9080) }),
  fc.record({ sourceLabels: fc.constantFrom({ app: 'productpage' }, { app: 'other' }) }),
);
const match = fc.oneof(
  field,
  fc.tuple(field, field).map(([one, other]) => ({ ...one, ...other })),
);

/** Most rules have conditions, because a catch-all hides the rules behind it. */
const matches = fc.oneof(
  { weight: 6, arbitrary: fc.array(match, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant([]) },
);

const value = fc.constantFrom('1', 'two', 'a, b', '100%%');
const editName = fc.constantFrom('x-a', 'X-B', 'x-new', 'cookie');
const operations = fc.record(
  {
    set: fc.dictionary(editName, value, { maxKeys: 2 }),
    add: fc.dictionary(editName, value, { maxKeys: 2 }),
    remove: fc.uniqueArray(editName, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const headers = fc.record({ request: operations, response: operations }, { requiredKeys: [] });

/** Destinations with one pod, without pods (v2), and missing ones. */
const destination = fc.constantFrom(
  { host: 'reviews', subset: 'v1' },
  { host: 'ratings' },
  { host: 'details', subset: 'v1' },
  { host: 'productpage' },
  { host: 'reviews', subset: 'v2' },
  { host: 'reviews', subset: 'v9' },
  { host: 'gone' },
);

/** One destination gets all requests, by weight or because it is alone, so that the result is deterministic. */
const route = fc.oneof(
  fc.tuple(fc.record({ destination, headers }, { requiredKeys: ['destination'] })),
  fc.tuple(
    fc.record({ destination, headers, weight: fc.constant(1) }, { requiredKeys: ['destination', 'weight'] }),
    fc.record({ destination, weight: fc.constant(0) }),
  ),
);

const rewrite = fc.oneof(
  fc.record({ uri: fc.constantFrom('/', '/b', '/b/', '/c?d') }),
  fc.record({ authority: fc.constantFrom('other', 'other:81') }),
  fc.record({ uri: fc.constant('/z'), authority: fc.constant('other') }),
  fc.record({
    uriRegexRewrite: fc.constantFrom(
      { match: '/(a|b)', rewrite: '/<\\1>' },
      { match: '^/', rewrite: '/p/' },
      { match: '[a-z]', rewrite: 'x\\0' },
    ),
  }),
);

const percentage = fc.constantFrom({ value: 0 }, { value: 100 });
const fault = fc
  .record(
    {
      abort: fc.record(
        { httpStatus: fc.constantFrom(200, 418, 503, 555), percentage },
        { requiredKeys: ['httpStatus'] },
      ),
      delay: fc.record({ fixedDelay: fc.constant('1ms'), percentage }, { requiredKeys: ['fixedDelay'] }),
    },
    { requiredKeys: [] },
  )
  .filter(({ abort, delay }) => abort !== undefined || delay !== undefined);

const retries = fc
  .record({
    attempts: fc.constantFrom(0, 1, 2),
    retryOn: fc.constantFrom('5xx', '503', 'gateway-error,409', 'retriable-4xx', 'connect-failure'),
    backoff: fc.constant('1ms'),
  })
  .map(({ attempts, ...more }) => (attempts === 0 ? { attempts } : { attempts, ...more }));

const corsPolicy = fc.record(
  {
    allowOrigins: fc.array(
      fc.oneof(
        fc.constant({ exact: 'http://a' }),
        fc.constant({ regex: 'http://.' }),
        fc.constant({ exact: '*' }),
      ),
      { minLength: 1, maxLength: 2 },
    ),
    allowMethods: fc.constantFrom(['GET'], ['GET', 'POST'], ['*']),
    allowHeaders: fc.constantFrom(['x-a'], ['*']),
    exposeHeaders: fc.constant(['x-b']),
    maxAge: fc.constantFrom('60s', '1h'),
    allowCredentials: fc.boolean(),
    unmatchedPreflights: fc.constantFrom('FORWARD', 'IGNORE'),
  },
  { requiredKeys: ['allowOrigins'] },
);

const forwarding = fc.record(
  {
    match: matches,
    route,
    rewrite,
    headers,
    fault,
    retries,
    corsPolicy,
  },
  { requiredKeys: ['match', 'route'] },
);

const redirecting = fc.record(
  {
    match: matches,
    redirect: fc.record(
      {
        uri: fc.constantFrom('/z', '/z?y'),
        authority: fc.constantFrom('other', 'other:81'),
        scheme: fc.constantFrom('http', 'https'),
        port: fc.constantFrom(80, 443, 8080),
        redirectCode: fc.constantFrom(301, 302, 303, 307, 308),
      },
      { requiredKeys: ['uri'] },
    ),
    headers,
    corsPolicy,
  },
  { requiredKeys: ['match', 'redirect'] },
);

const responding = fc.record(
  {
    match: matches,
    directResponse: fc.record(
      {
        status: fc.constantFrom(200, 204, 404, 503),
        body: fc.constantFrom({ string: 'hello' }, { bytes: 'aGk=' }),
      },
      { requiredKeys: ['status'] },
    ),
    headers,
  },
  { requiredKeys: ['match', 'directResponse'] },
);

const rule = fc.oneof(
  { weight: 5, arbitrary: forwarding },
  { weight: 1, arbitrary: redirecting },
  { weight: 1, arbitrary: responding },
);

/** One to three VirtualServices of up to four rules. */
export const arbitraryRules: fc.Arbitrary<Rules[]> = fc.array(
  fc.record({
    hosts: fc.tuple(fc.constantFrom(...HOSTS)),
    http: fc.array(rule, { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** A request as it is written on the wire. */
export interface GeneratedRequest {
  method: string;
  host: string;
  path: string;
  headers: Record<string, string>;
}

export const arbitraryRequest: fc.Arbitrary<GeneratedRequest> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'OPTIONS', 'HEAD', 'DELETE'),
  host: fc.constantFrom(
    'reviews:9080',
    'reviews:9080',
    'reviews:9080',
    'Reviews.default:9080',
    'ratings.default.svc:9080',
    'details:9080',
    'x.example.com',
    'y.X.example.com:80',
  ),
  path: fc
    .tuple(
      fc.constantFrom(
        '/',
        '/a',
        '/a/',
        '/a/b',
        '/A',
        '/b',
        '/a%2Fb',
        '/%7e',
        '/c/../a',
        '//a',
        '/a;x',
        '/a|b',
        '/b/..;/a',
        '/ab',
      ),
      fc.constantFrom('', '?', '?q=a', '?q=b&q=a', '?r', '?q=a&r=1', '?x=|&r=ab'),
    )
    .map((parts) => parts.join('')),
  headers: fc.record(
    {
      'x-a': fc.constantFrom('a', 'b', 'ab', 'A', ''),
      'x-b': fc.constantFrom('a', 'b', '1'),
      cookie: fc.constantFrom('a', 'a=b; c=d'),
      origin: fc.constantFrom('http://a', 'http://b', 'http://cc'),
      'access-control-request-method': fc.constant('POST'),
      'access-control-request-headers': fc.constant('x-c'),
      'x-response-status': fc.constantFrom('200', '204', '409', '500', '503'),
      'x-response-headers': fc.constantFrom(
        '{"x-a":"backend","set-cookie":["a=1","b=2"]}',
        '{"access-control-allow-origin":"backend","x-b":"backend"}',
      ),
    },
    { requiredKeys: [] },
  ),
});
