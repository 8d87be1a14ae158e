// A minimal program that serves the product page: node:http on both sides, the same two calls in sequence over
// kept-alive connections or new ones, the same templates, the same bytes. No framework, log, metric, limit or check.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, parse } from 'node:path';
import Handlebars from 'handlebars';
import { bareClient } from './bare-client.ts';

interface Details {
  author: string;
  year: number;
  type: string;
  pages: number;
  publisher: string;
  language: string;
  'ISBN-10': string;
  'ISBN-13': string;
}

interface Reviews {
  podname: string;
  reviews: { reviewer: string; text: string; rating: { stars: number; color: string } }[];
}

const [port, backendPort, keepAlive, product] = process.argv.slice(2);
const folder = join(import.meta.dirname, '../../services/productpage');
const ask = bareClient(Number(backendPort), keepAlive === 'true');

Handlebars.registerHelper('asset', (name: string) => {
  const hash = createHash('sha256')
    .update(readFileSync(join(folder, 'static', name)))
    .digest('hex');
  return `/static/${name}?v=${hash.slice(0, 16)}`;
});
const compile = (file: string) =>
  Handlebars.compile(readFileSync(join(folder, 'views', file), 'utf8'), {
    strict: true,
    preventIndent: true,
  });
for (const file of readdirSync(join(folder, 'views')))
  Handlebars.registerPartial(parse(file).name, compile(file));
const template = compile('productpage.hbs');

createServer((_request, response) => {
  void (async () => {
    const details = await ask('/details/0');
    const reviews = await ask('/reviews/0');
    const html = template(
      view(details.body as Details, reviews.body as Reviews, [
        'productpage-v1',
        ...details.hops,
        ...reviews.hops,
      ]),
    );
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-length', Buffer.byteLength(html));
    response.end(html);
  })();
}).listen(Number(port), '127.0.0.1');

function view(details: Details, reviews: Reviews, hops: string[]) {
  return {
    user: undefined,
    product: JSON.parse(product ?? '{}') as object,
    details: { content: facts(details), error: undefined },
    reviews: { content: reviews.reviews.map((review) => opinion(review, reviews.podname)), error: undefined },
    hops: hops.map((hop) => ({ app: hop.split('-')[0], version: hop.split('-')[1] })),
  };
}

function facts(book: Details) {
  return [
    { label: 'Author', value: book.author },
    { label: 'Year', value: book.year },
    { label: 'Type', value: book.type },
    { label: 'Pages', value: book.pages },
    { label: 'Publisher', value: book.publisher },
    { label: 'Language', value: book.language },
    { label: 'ISBN-10', value: book['ISBN-10'] },
    { label: 'ISBN-13', value: book['ISBN-13'] },
  ];
}

function opinion({ reviewer, text, rating }: Reviews['reviews'][number], podname: string) {
  const { stars, color } = rating;
  return {
    reviewer,
    text,
    stars: {
      filled: Array<null>(stars).fill(null),
      empty: Array<null>(5 - stars).fill(null),
      color,
      name: `${stars} out of 5 stars, ${color}`,
    },
    ratingError: undefined,
    podname,
    clustername: undefined,
  };
}
