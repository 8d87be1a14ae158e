import { answerWithin, type Ask, type Program } from './program.js';
import type { Answer } from './answer.js';
import { always, andThen, type Distribution } from './distribution.js';

/** For one attempt of productpage. */
const PAGE_TIMEOUT_MS = 3000;
/** Upstream's planted bug: the second attempt doubles the time that slow reviews cost the page. */
const REVIEWS_ATTEMPTS = 2;
/** What reviews waits for ratings: v2, with its black stars, longer than productpage does. */
const RATINGS_TIMEOUT_MS: Readonly<Record<string, number>> = { v2: 10_000, v3: 2500 };

/**
 * What Bookinfo's programs do with an answer, by the label `app`: whom they call, how long they wait, how often they
 * ask. No manifest says so; bookinfo-contract, "Deliberate behaviours and timing", does.
 */
export const BOOKINFO_PROGRAMS: Readonly<Record<string, Program>> = {
  details: leaf,
  ratings: leaf,
  reviews: ({ name, version }, ask) => {
    const timeoutMs = RATINGS_TIMEOUT_MS[version];
    if (timeoutMs === undefined) return always(served(name));
    // Whatever ratings answers, or doesn't: the reviews are shown.
    return andThen(answerWithin(ask('http://ratings:9080/ratings/0'), timeoutMs), (ratings) =>
      always(served(name, ratings)),
    );
  },
  productpage: ({ name }, ask, path) => {
    if (!path.startsWith('/productpage')) return always(served(name));
    return andThen(answerWithin(ask('http://details:9080/details/0'), PAGE_TIMEOUT_MS), (details) =>
      andThen(untilOk(ask, 'http://reviews:9080/reviews/0', REVIEWS_ATTEMPTS), (reviews) =>
        always(served(name, details, reviews)),
      ),
    );
  },
};

function leaf({ name }: Parameters<Program>[0]): Distribution<Answer> {
  return always(served(name));
}

/** 200 of the program, after what it had to wait for. */
function served(name: string, ...waitedFor: Answer[]): Answer {
  return {
    status: 200,
    path: [name, ...waitedFor.flatMap(({ path }) => path)],
    delayMs: waitedFor.reduce((sum, { delayMs }) => sum + delayMs, 0),
    tries: waitedFor.reduce((most, { tries }) => Math.max(most, tries), 1),
  };
}

function untilOk(ask: Ask, url: string, attempts: number): Distribution<Answer> {
  return andThen(answerWithin(ask(url), PAGE_TIMEOUT_MS), (first) =>
    first.status === 200 || attempts === 1
      ? always(first)
      : andThen(untilOk(ask, url, attempts - 1), (later) =>
          always({
            ...later,
            // Each attempt that was answered shows in x-bookinfo-path.
            path: [...first.path, ...later.path],
            delayMs: first.delayMs + later.delayMs,
            tries: later.tries + 1,
          }),
        ),
  );
}
