import request from 'supertest';
import { beforeAll, describe, expect, test } from 'vitest';
import { applied } from '../../support/applied.ts';
import { podUrl } from '../pod-url.ts';

// docs/bookinfo-contract.md, "productpage"; requests go to the service itself, not through the gateway.
describe('productpage', () => {
  let productpage: string;
  beforeAll(async () => {
    productpage = await podUrl('productpage-v1');
  });
  const get = (path: string) => request(productpage).get(path);

  test.each(['/', '/index.html'])('GET %s greets and links to the page as two users', async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.type]).toEqual([200, 'text/html']);
    expect(answer.text).toContain('Hello! This is a simple bookstore application');
    expect(answer.text).toContain('href="/productpage?u=normal"');
    expect(answer.text).toContain('href="/productpage?u=test"');
  });

  test('GET / has its title alone on a line, indented by four spaces', async () => {
    expect((await get('/')).text.split('\n')).toContain('    <title>Simple Bookstore App</title>');
  });

  test.each(['', '?u=normal', '?u=test', '?x=%00&y=<script>'])(
    'GET /productpage%s is the page',
    async (query) => {
      const answer = await get(`/productpage${query}`);
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(answer.text).toContain('<title>Simple Bookstore App</title>');
      expect(answer.text).not.toContain('<script');
    },
  );

  test('HEAD /productpage is the page without its body', async () => {
    const answer = await request(productpage).head('/productpage');
    expect([answer.status, answer.text]).toEqual([200, undefined]);
  });

  test.each(['post', 'delete', 'put'] as const)('%s /productpage is a 405', async (method) => {
    expect((await request(productpage)[method]('/productpage')).status).toBe(405);
  });

  test('/productpage/ is a 404', async () => {
    expect((await get('/productpage/')).status).toBe(404);
  });

  test('GET /health is a 200 with the text of the contract', async () => {
    const answer = await get('/health');
    expect([answer.status, answer.text]).toEqual([200, 'Product page is healthy']);
  });

  test('POST /login redirects back to the Referer, with a session', async () => {
    const answer = await request(productpage)
      .post('/login')
      .set('Referer', `${productpage}/productpage?u=normal`)
      .type('form')
      .send({ username: 'jason', passwd: 'anything' });
    expect([answer.status, answer.headers['location']]).toEqual([302, '/productpage?u=normal']);
    const [cookie] = answer.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^session=[^;]+;/);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).not.toMatch(/Secure/);
  });

  test('POST /login accepts the name in the query too', async () => {
    const answer = await request(productpage).post('/login?username=jason');
    expect([answer.status, answer.headers['set-cookie']]).toEqual([302, expect.anything()]);
  });

  test.each([
    undefined,
    'https://evil.example/productpage',
    '//evil.example',
    'javascript:alert(1)',
    'not a url',
  ])('POST /login with Referer %s goes to /productpage', async (referer) => {
    const login = request(productpage).post('/login').type('form').send({ username: 'jason', passwd: '' });
    const answer = await (referer === undefined ? login : login.set('Referer', referer));
    expect([answer.status, answer.headers['location']]).toEqual([302, '/productpage']);
  });

  test('GET /login is a 405', async () => {
    expect((await get('/login')).status).toBe(405);
  });

  test('GET /logout clears the session, with or without a Referer', async () => {
    const answer = await get('/logout');
    expect([answer.status, answer.headers['location']]).toEqual([302, '/productpage']);
    expect(String(answer.headers['set-cookie'])).toMatch(/^session=;/);
  });

  test('GET /api/v1/products is the one product', async () => {
    const { status, body } = await get('/api/v1/products');
    expect([status, body.length, Object.keys(body[0])]).toEqual([200, 1, ['id', 'title', 'descriptionHtml']]);
    expect(body[0]).toMatchObject({ id: 0, title: 'The Comedy of Errors' });
  });

  test.each([0, 1, 2, 3])('GET /api/v1/products/%i returns the response of details', async (id) => {
    const answer = await get(`/api/v1/products/${id}`);
    expect([answer.status, answer.body]).toEqual([
      200,
      expect.objectContaining({ id, publisher: 'PublisherA' }),
    ]);
  });

  test('GET /api/v1/products/0/reviews returns the response of reviews', async () => {
    const answer = await get('/api/v1/products/0/reviews');
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ id: '0' })]);
  });

  test('GET /api/v1/products/0/ratings returns the response of ratings', async () => {
    const answer = await get('/api/v1/products/0/ratings');
    expect([answer.status, answer.body]).toEqual([200, { id: 0, ratings: { Reviewer1: 5, Reviewer2: 4 } }]);
  });

  test('the status of a failing backend shows in the API and in the metrics', async () => {
    await using _rules = await applied('networking/fault-injection-details-v1');
    const answer = await get('/api/v1/products/0');
    expect([answer.status, answer.body]).toEqual([
      555,
      { error: 'Sorry, product details are currently unavailable for this book.' },
    ]);
    const { text } = await get('/metrics');
    expect(text).toMatch(/request_result_total\{destination_app="details",response_code="555"\} [1-9]/);
    expect(text).toMatch(/request_result_total\{destination_app="reviews",response_code="200"\} [1-9]/);
  });
});
