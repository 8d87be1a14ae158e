import { fastifyCookie } from '@fastify/cookie';
import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test, vi } from 'vitest';
import { productpage } from '../app.js';
import { startBackends } from '../../test/start-backends.js';

const SECRET = { SESSION_SECRET: 'a secret of the test' };

const login = (url: string, username = 'jason') =>
  request(url).post('/login').type('form').send({ username, passwd: 'any' });

const cookieOf = (response: { headers: Record<string, unknown> }) => String(response.headers['set-cookie']);

test('POST /login sets a session cookie that scripts and other sites can not read', async () => {
  await using service = await startTestService(productpage, SECRET);
  const response = await login(service.url);
  expect([response.status, response.headers['location']]).toEqual([302, '/productpage']);
  expect(cookieOf(response)).toMatch(/^session=jason\.[^;]{43,}; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('the cookie is Secure when the gateway reports TLS', async () => {
  await using service = await startTestService(productpage, SECRET);
  const response = await login(service.url).set('X-Forwarded-Proto', 'https');
  expect(cookieOf(response)).toMatch(/; Secure/);
});

test('POST /login also reads the user name from the query', async () => {
  await using service = await startTestService(productpage, SECRET);
  const response = await request(service.url).post('/login?username=jason');
  expect([response.status, cookieOf(response)]).toEqual([302, expect.stringMatching(/^session=jason\./)]);
});

test('POST /login redirects to the page that the user came from', async () => {
  await using service = await startTestService(productpage, SECRET);
  const response = await login(service.url).set('Referer', `${service.url}/productpage?u=test`);
  expect([response.status, response.headers['location']]).toEqual([302, '/productpage?u=test']);
});

test.each(['https://evil.example/', '//evil.example', 'javascript:alert(1)', '%%%'])(
  'POST /login with Referer %s redirects to the product page',
  async (referer) => {
    await using service = await startTestService(productpage, SECRET);
    const response = await login(service.url).set('Referer', referer);
    expect([response.status, response.headers['location']]).toEqual([302, '/productpage']);
  },
);

test('GET /login is a 405', async () => {
  await using service = await startTestService(productpage, SECRET);
  const response = await request(service.url).get('/login');
  expect([response.status, response.headers['allow']]).toEqual([405, 'POST']);
});

test.each([undefined, '/productpage?u=normal'])('GET /logout from %s clears the session', async (path) => {
  await using service = await startTestService(productpage, SECRET);
  const logout = request(service.url).get('/logout');
  const response = await (path ? logout.set('Referer', service.url + path) : logout);
  expect([response.status, response.headers['location']]).toEqual([302, path ?? '/productpage']);
  expect(cookieOf(response)).toMatch(/^session=; .*Path=\/; Expires=Thu, 01 Jan 1970/);
});

test.each([
  ['by Sec-Fetch-Site', { 'Sec-Fetch-Site': 'cross-site' }],
  ['of another port of the same site', { 'Sec-Fetch-Site': 'same-site' }],
  ['by Sec-Fetch-Site, whatever its Origin', { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://shop.test' }],
  ['by Origin', { Origin: 'http://evil.example' }],
  ['of another port by Origin', { Origin: 'http://shop.test:8080' }],
  ['from a sandboxed frame', { Origin: 'null' }],
])('a page of another site, %s, can sign no visitor in or out', async (_, headers) => {
  await using service = await startTestService(productpage, SECRET);
  for (const response of [
    await login(service.url).set({ Host: 'shop.test', ...headers }),
    await request(service.url)
      .get('/logout')
      .set({ Host: 'shop.test', ...headers }),
  ]) {
    expect([response.status, cookieOf(response)]).toEqual([403, 'undefined']);
    expect(response.body).toEqual({ error: 'requests of pages of other sites are refused' });
  }
});

test.each([
  ['the page itself', { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://shop.test' }],
  ['the page itself, without Sec-Fetch-Site', { Origin: 'http://shop.test' }],
  ['the page itself behind a gateway with TLS', { Origin: 'https://shop.test' }],
  ['the address bar', { 'Sec-Fetch-Site': 'none' }],
])('%s can sign in and out', async (_, headers) => {
  await using service = await startTestService(productpage, SECRET);
  const logout = request(service.url).get('/logout');
  expect((await login(service.url).set({ Host: 'shop.test', ...headers })).status).toBe(302);
  expect((await logout.set({ Host: 'shop.test', ...headers })).status).toBe(302);
});

test.each([
  ['a millisecond before its end', 1, true],
  ['at its end', 0, false],
])('a session is valid for 24 hours: %s', async (_, restMs, isValid) => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  const begin = Date.now();
  const date = vi.spyOn(Date, 'now').mockReturnValue(begin);
  const cookie = cookieOf(await login(service.url)).split(';', 1);
  date.mockReturnValue(begin + 24 * 60 * 60 * 1000 - restMs);
  const page = await request(service.url).get('/productpage').set('Cookie', cookie);
  date.mockRestore();
  expect(page.text.includes('Sign out')).toBe(isValid);
});

test.each(['', '   ', 'x'.repeat(101), 'a\nb', '\u202ejason'])(
  'the user name %j gets a page with 400 and the reason, and no session',
  async (username) => {
    await using service = await startTestService(productpage, SECRET);
    const response = await login(service.url, username);
    expect([response.status, response.type, cookieOf(response)]).toEqual([400, 'text/html', 'undefined']);
    expect(response.text).toContain('1 to 100 letters');
  },
);

test.each(['%ff', 'a%zz%ff'])(
  'a user name in the URL that is not UTF-8, %s, is refused',
  async (username) => {
    await using service = await startTestService(productpage, SECRET);
    const response = await request(service.url).post(`/login?username=${username}`);
    expect([response.status, cookieOf(response)]).toEqual([400, 'undefined']);
  },
);

test('every call has the user of the session as end-user, on every replica with the same secret', async () => {
  await using backends = await startBackends();
  await using first = await startTestService(productpage, { ...backends.env, ...SECRET });
  await using second = await startTestService(productpage, { ...backends.env, ...SECRET });
  const cookie = cookieOf(await login(first.url)).split(';', 1);
  const page = await request(second.url).get('/productpage').set('Cookie', cookie);
  expect(page.text).toContain('jason');
  expect(backends.requests.map(({ path, headers }) => [path, headers['end-user']])).toEqual([
    ['/details/0', 'jason'],
    ['/reviews/0', 'jason'],
  ]);
});

test('a user name that is not ASCII is sent as UTF-8', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  const cookie = cookieOf(await login(service.url, 'Zoë 🎭')).split(';', 1);
  const page = await request(service.url).get('/productpage').set('Cookie', cookie);
  expect(page.text).toContain('Zoë 🎭');
  const [call] = backends.requests;
  expect(Buffer.from(String(call?.headers['end-user']), 'latin1').toString('utf8')).toBe('Zoë 🎭');
});

test.each([
  ['unsigned', 'session=jason'],
  ['signed with another secret', 'session=jason.AvE5zN7uZs7WWhvEXF8%2FDQJpjl5PTfcJDGNrUSrdsXQ'],
  ['empty', 'session='],
  ['broken', 'session=%'],
])('a session cookie that is %s is ignored', async (_name, cookie) => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  const page = await request(service.url).get('/productpage').set('Cookie', cookie);
  expect(page.status).toBe(200);
  expect(page.text).not.toContain('Sign out');
  expect(backends.requests[0]?.headers['end-user']).toBeUndefined();
});

test('a session cookie of a service with another secret is ignored', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  await using other = await startTestService(productpage, { SESSION_SECRET: 'the secret of another' });
  const cookie = cookieOf(await login(other.url)).split(';', 1);
  const page = await request(service.url).get('/productpage').set('Cookie', cookie);
  expect(page.text).not.toContain('Sign out');
});

test('a session cookie without an end is ignored, although its signature is valid', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  const cookie = `session=${encodeURIComponent(fastifyCookie.sign('jason', SECRET.SESSION_SECRET))}`;
  const page = await request(service.url).get('/productpage').set('Cookie', cookie);
  expect(page.text).not.toContain('Sign out');
});

test('a session cookie with an invalid user name is ignored, although its signature is valid', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  const cookie = `session=${encodeURIComponent(fastifyCookie.sign(`a\r\nb.${Date.now() + 1e6}`, SECRET.SESSION_SECRET))}`;
  const page = await request(service.url).get('/productpage').set('Cookie', cookie);
  expect(page.text).toContain('William Shakespeare');
  expect(page.text).not.toContain('Sign out');
});

test('an end-user header from outside is ignored and not propagated', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  const page = await request(service.url).get('/productpage').set('end-user', 'jason');
  await request(service.url).get('/api/v1/products/0/ratings').set('end-user', 'jason');
  expect(page.text).not.toContain('jason');
  expect(backends.requests.map(({ headers }) => headers['end-user'])).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('the session replaces an end-user header from outside', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  const cookie = cookieOf(await login(service.url, 'anna')).split(';', 1);
  await request(service.url).get('/productpage').set('Cookie', cookie).set('end-user', 'jason');
  expect(backends.requests.map(({ headers }) => headers['end-user'])).toEqual(['anna', 'anna']);
});
