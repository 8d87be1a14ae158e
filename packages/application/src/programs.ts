import {
  certain,
  flatMap,
  respond,
  type PredictedResponse,
  type CallBackend,
  type Distribution,
  type Program,
  type ProgramIdentity,
} from '@bookinfo/analysis';
import {
  BACKEND_PATHS,
  HEALTH_PATH,
  LIVENESS_PATH,
  METRICS_PATH,
  PRODUCT_ID,
  PRODUCT_ID_PATTERN,
  PRODUCTPAGE_ATTEMPTS,
  PRODUCTPAGE_PATHS,
  PRODUCTPAGE_TIMEOUT_MS,
  RATINGS_TIMEOUT_MS,
  READINESS_PATH,
  SERVICE_PORT,
  STAR_COLORS,
  type BackendName,
} from '@bookinfo/contract';

/** An endpoint of a program. `get` receives the part of the path that `match` returns, such as a product id. */
interface Endpoint {
  match: (path: string) => string | undefined;
  get: (identity: ProgramIdentity, call: CallBackend, id: string) => Distribution<PredictedResponse>;
}

const { index, indexFile, page, login, logout, static: files, products } = PRODUCTPAGE_PATHS;

const HEALTH: Endpoint = {
  match: oneOf(HEALTH_PATH, LIVENESS_PATH, READINESS_PATH, METRICS_PATH),
  get: status(200),
};

/** Bookinfo's programs: their paths, the backends that they call, time limits and attempts. No manifest has these. */
export const programs: Readonly<Record<string, Program>> = {
  details: program(405, { match: withId(BACKEND_PATHS.details), get: ofProduct(status(200)) }),
  // A POST to ratings needs a body, and a prediction has none: 400.
  ratings: program(400, {
    match: withId(BACKEND_PATHS.ratings, { mayHaveSlashes: true }),
    get: ofProduct(status(200)),
  }),
  reviews: program(405, { match: withId(BACKEND_PATHS.reviews), get: ofProduct(getReviews) }),
  productpage: program(
    405,
    { match: oneOf(index, indexFile), get: status(200) },
    { match: oneOf(login), get: status(405) },
    { match: oneOf(logout), get: status(302) },
    {
      match: (path) => (path.startsWith(`${files}/`) && /\.\w+$/.test(path) ? '' : undefined),
      get: status(200),
    },
    { match: oneOf(page), get: getPage },
    { match: oneOf(products), get: status(200) },
    { match: withId(products), get: ofProduct(passOn('details')) },
    { match: withId(products, { suffix: '/reviews' }), get: ofProduct(passOn('reviews')) },
    { match: withId(products, { suffix: '/ratings' }), get: ofProduct(passOn('ratings')) },
  ),
};

function program(statusOfOtherMethods: number, ...endpoints: Endpoint[]): Program {
  return (identity, call, { method, path }) => {
    for (const endpoint of [HEALTH, ...endpoints]) {
      const id = endpoint.match(path);
      if (id === undefined) continue;
      if (method === 'GET' || method === 'HEAD') return endpoint.get(identity, call, id);
      return certain(respond(identity, endpoint === HEALTH ? 405 : statusOfOtherMethods));
    }
    return certain(respond(identity, 404));
  };
}

function oneOf(...paths: readonly string[]): Endpoint['match'] {
  return (path) => (paths.includes(path) ? '' : undefined);
}

function withId(prefix: string, { suffix = '', mayHaveSlashes = false } = {}): Endpoint['match'] {
  return (path) => {
    if (!path.startsWith(`${prefix}/`) || !path.endsWith(suffix)) return undefined;
    const id = path.slice(prefix.length + 1, path.length - suffix.length);
    return !mayHaveSlashes && (id === '' || id.includes('/')) ? undefined : id;
  };
}

function status(code: number): Endpoint['get'] {
  return (identity) => certain(respond(identity, code));
}

function ofProduct(get: Endpoint['get']): Endpoint['get'] {
  return (identity, call, id) => (PRODUCT_ID_PATTERN.test(id) ? get : status(400))(identity, call, id);
}

/** Versions with stars call ratings, and respond with 200 even without its response. */
function getReviews(
  identity: ProgramIdentity,
  call: CallBackend,
  id: string,
): Distribution<PredictedResponse> {
  const color = STAR_COLORS[identity.version];
  if (color === undefined) return certain(respond(identity, 200));
  const timeoutMs = RATINGS_TIMEOUT_MS[color === 'black' ? 'black' : 'otherColor'];
  return flatMap(call(urlOf('ratings', id), { timeoutMs }), (ratings) =>
    certain(respond(identity, 200, [ratings])),
  );
}

/** Calls details, then reviews. The page is a 200 even without their responses. */
function getPage(identity: ProgramIdentity, call: CallBackend): Distribution<PredictedResponse> {
  const id = String(PRODUCT_ID);
  return flatMap(callFromPage(call, 'details', id), (details) =>
    flatMap(callFromPage(call, 'reviews', id), (reviews) =>
      certain(respond(identity, 200, [details, reviews])),
    ),
  );
}

/** Responds with the status of the backend, or 500 when there is none. */
function passOn(backend: BackendName): Endpoint['get'] {
  return (identity, call, id) =>
    flatMap(callFromPage(call, backend, id), (response) =>
      certain(respond(identity, response.status || 500, [response])),
    );
}

function callFromPage(call: CallBackend, backend: BackendName, id: string): Distribution<PredictedResponse> {
  return call(urlOf(backend, id), {
    timeoutMs: PRODUCTPAGE_TIMEOUT_MS,
    attempts: PRODUCTPAGE_ATTEMPTS[backend],
  });
}

function urlOf(backend: BackendName, id: string): string {
  return `http://${backend}:${SERVICE_PORT}${BACKEND_PATHS[backend]}/${id}`;
}
