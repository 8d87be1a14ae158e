import type { Answer } from './answer.js';
import { always, andThen, type Distribution } from './distribution.js';
import { answerWithin, served, type Ask, type Program, type ProgramIdentity } from './program.js';

/** For one attempt of productpage. */
const PAGE_TIMEOUT_MS = 3000;
/** Upstream's planted bug: the second attempt doubles the time that slow reviews cost the page. */
const ATTEMPTS: Readonly<Record<string, number>> = { details: 1, reviews: 2, ratings: 1 };
/** What reviews waits for ratings: v2, with its black stars, longer than productpage does. */
const RATINGS_TIMEOUT_MS: Readonly<Record<string, number>> = { v2: 10_000, v3: 2500 };

/** What a program does with a GET of some paths; `id` is what the pattern's group took. */
interface Page {
  path: RegExp;
  get: (identity: ProgramIdentity, ask: Ask, id: string) => Distribution<Answer>;
}

const PRODUCT_ID = /^-?\d+$/;
const HEALTH: Page = { path: /^\/(?:health|livez|readyz|metrics)$/, get: plainly(200) };

/**
 * What Bookinfo's programs answer, by the label `app`: which paths they know, whom they ask, how long they wait, how
 * often they ask. No manifest says so; bookinfo-contract, sections 2.3 to 2.7, does.
 */
export const BOOKINFO_PROGRAMS: Readonly<Record<string, Program>> = {
  details: program(405, { path: /^\/details\/([^/]+)$/, get: ofProduct(plainly(200)) }),
  // Of a POST the body would have to be known: without one it is a 400.
  ratings: program(400, { path: /^\/ratings\/(.*)$/, get: ofProduct(plainly(200)) }),
  reviews: program(405, { path: /^\/reviews\/([^/]+)$/, get: ofProduct(reviews) }),
  productpage: program(
    405,
    { path: /^\/(?:index\.html)?$/, get: plainly(200) },
    { path: /^\/login$/, get: plainly(405) },
    { path: /^\/logout$/, get: plainly(302) },
    { path: /^\/static\/.+\.\w+$/, get: plainly(200) },
    { path: /^\/productpage$/, get: productpage },
    { path: /^\/api\/v1\/products$/, get: plainly(200) },
    { path: /^\/api\/v1\/products\/([^/]+)$/, get: ofProduct(passedOn('details')) },
    { path: /^\/api\/v1\/products\/([^/]+)\/reviews$/, get: ofProduct(passedOn('reviews')) },
    { path: /^\/api\/v1\/products\/([^/]+)\/ratings$/, get: ofProduct(passedOn('ratings')) },
  ),
};

function program(statusOfOtherMethods: number, ...pages: Page[]): Program {
  return (identity, ask, { method, path }) => {
    for (const page of [HEALTH, ...pages]) {
      const [match, id = ''] = page.path.exec(path) ?? [];
      if (match === undefined) continue;
      if (method === 'GET' || method === 'HEAD') return page.get(identity, ask, id);
      return always(served(identity, page === HEALTH ? 405 : statusOfOtherMethods));
    }
    return always(served(identity, 404));
  };
}

function plainly(status: number): Page['get'] {
  return (identity) => always(served(identity, status));
}

function ofProduct(get: Page['get']): Page['get'] {
  return (identity, ask, id) =>
    PRODUCT_ID.test(id) ? get(identity, ask, id) : plainly(400)(identity, ask, id);
}

/** Whatever ratings answers, or doesn't: the reviews are shown. */
function reviews(identity: ProgramIdentity, ask: Ask, id: string): Distribution<Answer> {
  const timeoutMs = RATINGS_TIMEOUT_MS[identity.version];
  if (timeoutMs === undefined) return always(served(identity, 200));
  return andThen(answerWithin(ask(`http://ratings:9080/ratings/${id}`), timeoutMs), (ratings) =>
    always(served(identity, 200, [ratings])),
  );
}

/** The page is shown with whatever has come. */
function productpage(identity: ProgramIdentity, ask: Ask): Distribution<Answer> {
  return andThen(untilOk(ask, 'details', '0'), (details) =>
    andThen(untilOk(ask, 'reviews', '0'), (reviewed) => always(served(identity, 200, [details, reviewed]))),
  );
}

/** The status of a backend is the API's own; 500 where there is none. */
function passedOn(app: string): Page['get'] {
  return (identity, ask, id) =>
    andThen(untilOk(ask, app, id), (answer) => always(served(identity, answer.status || 500, [answer])));
}

function untilOk(ask: Ask, app: string, id: string, attempts = ATTEMPTS[app] ?? 1): Distribution<Answer> {
  return andThen(answerWithin(ask(`http://${app}:9080/${app}/${id}`), PAGE_TIMEOUT_MS), (first) =>
    first.status === 200 || attempts === 1
      ? always(first)
      : andThen(untilOk(ask, app, id, attempts - 1), (later) =>
          always({
            ...later,
            // Each attempt that was answered shows in x-bookinfo-path.
            path: [...first.path, ...later.path],
            delayMs: first.delayMs + later.delayMs,
            tries: first.tries + later.tries,
            triesBehind: Math.max(first.triesBehind, later.triesBehind),
          }),
        ),
  );
}
