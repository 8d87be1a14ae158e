// A minimal program that serves reviews v3: node:http on both sides, one call to ratings, the same bytes. No framework, log,
// metric, limit or check.
import { createServer } from 'node:http';
import { bareClient } from './bare-client.ts';

interface Reviews {
  reviews: { reviewer: string }[];
}

const [port, backendPort, keepAlive, json = ''] = process.argv.slice(2);
const { reviews, ...rest } = JSON.parse(json) as Reviews;
const ask = bareClient(Number(backendPort), keepAlive === 'true');

createServer((_request, response) => {
  void (async () => {
    const { ratings } = (await ask('/ratings/0')).body as { ratings: Record<string, number> };
    const rated = reviews.map((review) => ({
      ...review,
      rating: { stars: ratings[review.reviewer], color: 'red' },
    }));
    const body = JSON.stringify({ ...rest, reviews: rated });
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('content-length', Buffer.byteLength(body));
    response.end(body);
  })();
}).listen(Number(port), '127.0.0.1');
