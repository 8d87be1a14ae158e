import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalServer } from '@bookinfo/service-kit/testing';

/** What a backend answers; a status alone has an empty body, `delayMs` holds the answer back. */
export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  delayMs?: number;
}

/** By the name of a backend; a list is answered in turn, its last entry from then on. */
export type Answers = Record<string, Answer | Answer[]>;

/** A real server in the place of details, reviews and ratings. */
export interface Backends extends AsyncDisposable {
  /** The settings that lead productpage here. */
  env: Record<string, string>;
  /** What was asked so far. */
  asked: { path: string; headers: IncomingHttpHeaders }[];
  /** How many requests were being answered at the busiest moment. */
  mostAtOnce: () => number;
}

const BOOK = {
  id: 0,
  author: 'William Shakespeare',
  year: 1595,
  type: 'paperback',
  pages: 200,
  publisher: 'PublisherA',
  language: 'English',
  'ISBN-10': '1234567890',
  'ISBN-13': '123-1234567890',
};

/** What reviews answers, with the same rating for both reviews; without one it is v1's answer. */
export function reviewsAnswer(rating?: unknown, clustername = 'null') {
  const review = (reviewer: string) => ({
    reviewer,
    text: `${reviewer} liked it.`,
    ...(rating ? { rating } : {}),
  });
  return {
    id: '0',
    podname: 'reviews-v3-5d8f7c9b6-x2k4q',
    clustername,
    reviews: [review('Reviewer1'), review('Reviewer2')],
  };
}

/** Starts the server on a free loopback port, answering as details-v1, reviews-v3 and ratings-v1 do. */
export async function startBackends(answers: Answers = {}): Promise<Backends> {
  const all: Answers = {
    details: { body: BOOK, headers: { 'x-bookinfo-path': 'details-v1' } },
    reviews: {
      body: reviewsAnswer({ stars: 4, color: 'red' }),
      headers: { 'x-bookinfo-path': 'reviews-v3 ratings-v1' },
    },
    ratings: { body: { id: 0, ratings: { Reviewer1: 5, Reviewer2: 4 } } },
    ...answers,
  };
  const asked: Backends['asked'] = [];
  let active = 0;
  let mostAtOnce = 0;
  const server = await startLocalServer(async (request, response) => {
    mostAtOnce = Math.max(mostAtOnce, ++active);
    const path = request.url ?? '';
    asked.push({ path, headers: request.headers });
    const { status = 200, body, headers = {}, delayMs = 0 } = next(all[path.split('/')[1] ?? '']);
    await sleep(delayMs, undefined, { ref: false });
    active--;
    response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body));
  });
  const env = Object.fromEntries(
    ['DETAILS', 'REVIEWS', 'RATINGS'].flatMap((name) => [
      [`${name}_HOSTNAME`, '127.0.0.1'],
      [`${name}_SERVICE_PORT`, String(server.port)],
    ]),
  );
  return {
    env,
    asked,
    mostAtOnce: () => mostAtOnce,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function next(answer: Answer | Answer[] = { status: 404 }): Answer {
  if (!Array.isArray(answer)) return answer;
  return (answer.length > 1 ? answer.shift() : answer[0]) ?? { status: 404 };
}
