import {
  FETCH_ERRORS,
  LOGIN_FIELDS,
  PAGE_TITLE,
  PRODUCT_UNAVAILABLE,
  PRODUCTPAGE_PATHS,
  RATINGS_UNAVAILABLE,
  STAR_CLASS,
} from '@bookinfo/contract';
import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { productpage } from '../app.js';
import { type BackendResponses, reviewsBody, startBackends } from '../../test/start-backends.js';

/** Returns the page as Istio's documentation and tests get it, with curl. */
async function page(responses: BackendResponses = {}): Promise<string> {
  await using backends = await startBackends(responses);
  await using service = await startTestService(productpage, backends.env);
  return (await request(service.url).get('/productpage')).text;
}

const rated = (rating: unknown): BackendResponses => ({ reviews: { body: reviewsBody(rating) } });

const count = (html: string, text: string) => html.split(text).length - 1;

test('the title is on a line of its own', async () => {
  expect((await page()).split('\n')).toContain(`    <title>${PAGE_TITLE}</title>`);
});

test.each([0, 1, 4, 5])(
  '%i stars are %i elements of class glyphicon glyphicon-star in each review',
  async (stars) => {
    const html = await page(rated({ stars, color: 'black' }));
    expect(count(html, STAR_CLASS)).toBe(2 * stars);
    expect(count(html, 'glyphicon')).toBe(4 * stars);
    expect(count(html, '<svg')).toBe(2 * 5);
  },
);

test('a page without ratings has no stars and no mention of ratings', async () => {
  const html = await page(rated(undefined));
  expect(html).not.toMatch(/glyphicon|star|rating/i);
  expect(html).toContain('Reviewer1');
});

test.each(['red', 'black'])(
  '%s stars have the class and the accessible name of their colour',
  async (color) => {
    const html = await page(rated({ stars: 4, color }));
    expect(count(html, `${STAR_CLASS} text-${color}-500`)).toBe(8);
    expect(count(html, `role="img" aria-label="4 out of 5 stars, ${color}"`)).toBe(2);
  },
);

test('the pod of reviews is on a line of its own, once for each review, and there is no other version', async () => {
  const lines = (await page()).split('\n').map((line) => line.trim());
  expect(lines.filter((line) => /reviews-v/.test(line))).toEqual([
    'reviews-v3-5d8f7c9b6-x2k4q',
    'reviews-v3-5d8f7c9b6-x2k4q',
  ]);
});

test('the page names the cluster only when there is one', async () => {
  const without = await page();
  expect(count(without, 'Reviews served by:')).toBe(2);
  expect(without).not.toContain(' on cluster ');
  const html = await page({ reviews: { body: reviewsBody(undefined, 'east-1') } });
  expect(html.replace(/\s+/g, ' ')).toContain(' on cluster <code>east-1</code>');
});

test('the page has the headings, the book and its publisher', async () => {
  const html = await page();
  for (const text of [
    'Book Details',
    'Book Reviews',
    'William Shakespeare',
    'PublisherA',
    '123-1234567890',
  ]) {
    expect(html).toContain(text);
  }
  expect(html).not.toMatch(/Error fetching|unavailable/);
});

test('without details the page has an error in their place, and all other parts', async () => {
  const html = await page({ details: { status: 503 } });
  expect(html).toContain(FETCH_ERRORS.details);
  expect(html).toContain(PRODUCT_UNAVAILABLE.details);
  expect(html).not.toMatch(/Book Details|William Shakespeare|Error fetching product reviews/);
  expect(html).toMatch(/The Comedy of Errors[^]*Two pairs of twins[^]*Reviewer1/);
});

test('without reviews the page has an error in their place, and all other parts', async () => {
  const html = await page({ reviews: { status: 503 } });
  expect(html).toContain(FETCH_ERRORS.reviews);
  expect(html).toContain(PRODUCT_UNAVAILABLE.reviews);
  expect(html).not.toMatch(/Book Reviews|Reviewer1|Error fetching product details/);
  expect(html).toContain('William Shakespeare');
});

test('each review without a rating has an error in its place', async () => {
  const html = await page(rated({ error: RATINGS_UNAVAILABLE }));
  expect(count(html, RATINGS_UNAVAILABLE)).toBe(2);
  expect(html).not.toContain('glyphicon');
});

test('the page lists the version of each service that took part', async () => {
  const html = await page();
  const hops = html.matchAll(/<span class="app">(.*?)<\/span> <span class="version">(.*?)<\/span>/g);
  expect([...hops].map(([, app, version]) => `${app} ${version}`)).toEqual([
    'productpage v1',
    'details v1',
    'reviews v3',
    'ratings v1',
  ]);
});

test('without a session, the page has a form to sign in', async () => {
  const html = await page();
  const { userName, password } = LOGIN_FIELDS;
  const [, action, fields] = /<form action="(.*?)" method="post">([^]*)<\/form>/.exec(html) ?? [];
  expect(`/${action}`).toBe(PRODUCTPAGE_PATHS.login);
  expect(fields).toMatch(new RegExp(`name="${userName}"[^]*name="${password}"`));
  expect(html).not.toContain('Sign out');
});

test.each(['jason', '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'&quot;"])(
  'with a session of %s, the page shows that name as text, and a link to sign out',
  async (username) => {
    await using backends = await startBackends();
    await using service = await startTestService(productpage, backends.env);
    const login = await request(service.url).post('/login').type('form').send({ username });
    const cookie = String(login.headers['set-cookie']).split(';', 1);
    const { text } = await request(service.url).get('/productpage').set('Cookie', cookie);
    expect(text).toContain('<a class="button quiet" href="logout">Sign out</a>');
    expect(text).not.toMatch(/<script|<img src=x|name="username"/);
    const [, shown = ''] = /Signed in as<\/span> (.*)<\/span>/.exec(text) ?? [];
    const entities: Record<string, string> = {
      lt: '<',
      gt: '>',
      amp: '&',
      quot: '"',
      '#x27': "'",
      '#x3D': '=',
    };
    expect(shown.replace(/&(.*?);/g, (_, name: string) => entities[name] ?? '?')).toBe(username);
  },
);

test('texts of backends are escaped', async () => {
  const html = await page({
    reviews: {
      body: {
        podname: '<b>pod</b>',
        clustername: '<b>cluster</b>',
        reviews: [{ reviewer: '<b>r</b>', text: '<script>x</script>', rating: { error: '<i>e</i>' } }],
      },
    },
  });
  expect(html).not.toMatch(/<b>|<script>|<i>/);
  expect(html).toContain('&lt;script&gt;x&lt;/script&gt;');
});

test.each([
  ['six stars', rated({ stars: 6, color: 'red' })],
  ['a colour that is not a word', rated({ stars: 5, color: 'red" onload="x' })],
  ['reviews that are not a list', { reviews: { body: { reviews: 'none' } } }],
  ['null', { reviews: { body: null } }],
])('%s: the page has an error in place of reviews, and the log has the reason', async (_name, responses) => {
  await using backends = await startBackends(responses);
  await using service = await startTestService(productpage, backends.env);
  const response = await request(service.url).get('/productpage');
  expect([response.status, count(response.text, FETCH_ERRORS.reviews)]).toEqual([200, 1]);
  expect(service.log.map((line) => line['msg'])).toContainEqual(
    expect.stringMatching(/^reviews sent an invalid response: /),
  );
});

test('details without a field: the page has an error in their place, and the log names the field', async () => {
  await using backends = await startBackends({ details: { body: { author: 'William Shakespeare' } } });
  await using service = await startTestService(productpage, backends.env);
  const response = await request(service.url).get('/productpage');
  expect([response.status, count(response.text, FETCH_ERRORS.details)]).toEqual([200, 1]);
  expect(service.log.map((line) => line['msg'])).toContainEqual(expect.stringContaining('publisher'));
});

test('reviews without a pod name are shown', async () => {
  const html = await page({
    reviews: { body: { id: '0', reviews: [{ reviewer: 'Reviewer1', text: 'Fine.' }] } },
  });
  expect(html).toContain('Fine.');
  expect(html).not.toContain('Reviews served by:');
});
