// Replaces details, reviews v3 and ratings by constant responses, so that only the program that calls them is measured.
import { createServer } from 'node:http';

const details = JSON.stringify({
  id: 0,
  author: 'William Shakespeare',
  year: 1595,
  type: 'paperback',
  pages: 200,
  publisher: 'PublisherA',
  language: 'English',
  'ISBN-10': '1234567890',
  'ISBN-13': '123-1234567890',
});

const text =
  'A review of about the length that one has, long enough to fill two lines of the page and a little more.';

const reviews = JSON.stringify({
  id: '0',
  podname: 'reviews-v3-6f5d8c7b9-x2x4z',
  clustername: 'null',
  reviews: [
    { reviewer: 'Reviewer1', text, rating: { stars: 5, color: 'red' } },
    { reviewer: 'Reviewer2', text, rating: { stars: 4, color: 'red' } },
  ],
});

const answers: Record<string, { body: string; path: string }> = {
  '/details/0': { body: details, path: 'details-v1' },
  '/reviews/0': { body: reviews, path: 'reviews-v3 ratings-v1' },
  '/ratings/0': {
    body: JSON.stringify({ id: 0, ratings: { Reviewer1: 5, Reviewer2: 4 } }),
    path: 'ratings-v1',
  },
};

createServer((request, response) => {
  // A collector of spans.
  if (request.method === 'POST') return request.resume().on('end', () => response.writeHead(202).end());
  const answer = answers[request.url ?? ''];
  if (!answer) return response.writeHead(404).end();
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(answer.body),
    'x-bookinfo-path': answer.path,
  };
  return response.writeHead(200, headers).end(answer.body);
}).listen(Number(process.argv[2]), '127.0.0.1');
