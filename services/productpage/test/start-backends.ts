import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalServer } from '@bookinfo/service-kit/testing';

/** The response of a backend. Without `body` the body is empty. */
export interface BackendResponse {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  delayMs?: number;
}

/** Responses by the name of a backend. Those of a list are sent in turn, then the last of them. */
export type BackendResponses = Record<string, BackendResponse | BackendResponse[]>;

/** A server in place of details, reviews and ratings. */
export interface Backends extends AsyncDisposable {
  /** The environment of a productpage that calls it. */
  env: Record<string, string>;
  /** The requests so far. */
  requests: { path: string; headers: IncomingHttpHeaders }[];
  /** Returns the highest number of requests in flight so far. */
  maxConcurrent: () => number;
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

/** Returns a body of reviews with the same rating for both reviews; without a rating, that of v1. */
export function reviewsBody(rating?: unknown, clustername = 'null') {
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

/** Starts the server on a free loopback port. By default it responds like details-v1, reviews-v3 and ratings-v1. */
export async function startBackends(responses: BackendResponses = {}): Promise<Backends> {
  const all: BackendResponses = {
    details: { body: BOOK, headers: { 'x-bookinfo-path': 'details-v1' } },
    reviews: {
      body: reviewsBody({ stars: 4, color: 'red' }),
      headers: { 'x-bookinfo-path': 'reviews-v3 ratings-v1' },
    },
    ratings: { body: { id: 0, ratings: { Reviewer1: 5, Reviewer2: 4 } } },
    ...responses,
  };
  const requests: Backends['requests'] = [];
  let active = 0;
  let maxConcurrent = 0;
  const server = await startLocalServer(async (request, response) => {
    maxConcurrent = Math.max(maxConcurrent, ++active);
    const path = request.url ?? '';
    requests.push({ path, headers: request.headers });
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
    requests,
    maxConcurrent: () => maxConcurrent,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function next(response: BackendResponse | BackendResponse[] = { status: 404 }): BackendResponse {
  if (!Array.isArray(response)) return response;
  return (response.length > 1 ? response.shift() : response[0]) ?? { status: 404 };
}
