import { fastifyCookie } from '@fastify/cookie';
import { startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { productpage } from '../service.js';
import { startBackends } from '../../test/start-backends.js';

const SECRET = { SESSION_SECRET: 'a secret of the test' };

const login = (url: string, username = 'jason') =>
  request(url).post('/login').type('form').send({ username, passwd: 'any' });

const cookieOf = (answer: { headers: Record<string, unknown> }) => String(answer.headers['set-cookie']);

test('POST /login starts a session that scripts and other sites do not get', async () => {
  await using service = await startTestService(productpage, SECRET);
  const answer = await login(service.url);
  expect([answer.status, answer.headers['location']]).toEqual([302, '/productpage']);
  expect(cookieOf(answer)).toMatch(/^session=jason\.[^;]{43,}; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('the cookie is Secure where a gateway says that the client uses TLS', async () => {
  await using service = await startTestService(productpage, SECRET);
  const answer = await login(service.url).set('X-Forwarded-Proto', 'https');
  expect(cookieOf(answer)).toMatch(/; Secure/);
});

test('POST /login takes the user name from the query too', async () => {
  await using service = await startTestService(productpage, SECRET);
  const answer = await request(service.url).post('/login?username=jason');
  expect([answer.status, cookieOf(answer)]).toEqual([302, expect.stringMatching(/^session=jason\./)]);
});

test('POST /login goes back to the page that the user came from', async () => {
  await using service = await startTestService(productpage, SECRET);
  const answer = await login(service.url).set('Referer', `${service.url}/productpage?u=test`);
  expect([answer.status, answer.headers['location']]).toEqual([302, '/productpage?u=test']);
});

test.each(['https://evil.example/', '//evil.example', 'javascript:alert(1)', '%%%'])(
  'POST /login with Referer %s goes to the product page',
  async (referer) => {
    await using service = await startTestService(productpage, SECRET);
    const answer = await login(service.url).set('Referer', referer);
    expect([answer.status, answer.headers['location']]).toEqual([302, '/productpage']);
  },
);

test('GET /login is a 405', async () => {
  await using service = await startTestService(productpage, SECRET);
  const answer = await request(service.url).get('/login');
  expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
});

test.each([undefined, '/productpage?u=normal'])('GET /logout from %s clears the session', async (path) => {
  await using service = await startTestService(productpage, SECRET);
  const logout = request(service.url).get('/logout');
  const answer = await (path ? logout.set('Referer', service.url + path) : logout);
  expect([answer.status, answer.headers['location']]).toEqual([302, path ?? '/productpage']);
  expect(cookieOf(answer)).toMatch(/^session=; .*Path=\/; Expires=Thu, 01 Jan 1970/);
});

test.each(['', '   ', 'x'.repeat(101), 'a\nb', '\u202ejason'])(
  'the name %j is refused with a page that says why, and starts no session',
  async (username) => {
    await using service = await startTestService(productpage, SECRET);
    const answer = await login(service.url, username);
    expect([answer.status, answer.type, cookieOf(answer)]).toEqual([400, 'text/html', 'undefined']);
    expect(answer.text).toContain('1 to 100 letters');
  },
);

test.each(['%ff', 'a%zz%ff'])('a name in the URL that is not UTF-8, %s, is refused', async (username) => {
  await using service = await startTestService(productpage, SECRET);
  const answer = await request(service.url).post(`/login?username=${username}`);
  expect([answer.status, cookieOf(answer)]).toEqual([400, 'undefined']);
});

test('the session is the end-user header of every call, on any replica with the same secret', async () => {
  await using backends = await startBackends();
  await using first = await startTestService(productpage, { ...backends.env, ...SECRET });
  await using second = await startTestService(productpage, { ...backends.env, ...SECRET });
  const cookie = cookieOf(await login(first.url)).split(';', 1);
  const page = await request(second.url).get('/productpage').set('Cookie', cookie);
  expect(page.text).toContain('jason');
  expect(backends.asked.map(({ path, headers }) => [path, headers['end-user']])).toEqual([
    ['/details/0', 'jason'],
    ['/reviews/0', 'jason'],
  ]);
});

test('a name that is not ASCII is sent as UTF-8', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  const cookie = cookieOf(await login(service.url, 'Zoë 🎭')).split(';', 1);
  const page = await request(service.url).get('/productpage').set('Cookie', cookie);
  expect(page.text).toContain('Zoë 🎭');
  const [call] = backends.asked;
  expect(Buffer.from(String(call?.headers['end-user']), 'latin1').toString('utf8')).toBe('Zoë 🎭');
});

test.each([
  ['unsigned', 'session=jason'],
  ['signed with another secret', 'session=jason.AvE5zN7uZs7WWhvEXF8%2FDQJpjl5PTfcJDGNrUSrdsXQ'],
  ['empty', 'session='],
  ['broken', 'session=%'],
])('a session cookie that is %s signs nobody in', async (_what, cookie) => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  const page = await request(service.url).get('/productpage').set('Cookie', cookie);
  expect(page.status).toBe(200);
  expect(page.text).not.toContain('Sign out');
  expect(backends.asked[0]?.headers['end-user']).toBeUndefined();
});

test('a cookie from a server with another secret signs nobody in', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  await using other = await startTestService(productpage, { SESSION_SECRET: 'the secret of another' });
  const cookie = cookieOf(await login(other.url)).split(';', 1);
  const page = await request(service.url).get('/productpage').set('Cookie', cookie);
  expect(page.text).not.toContain('Sign out');
});

test('a name that nobody can sign in with is not believed, though the signature is right', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  const cookie = `session=${encodeURIComponent(fastifyCookie.sign('a\r\nb', SECRET.SESSION_SECRET))}`;
  const page = await request(service.url).get('/productpage').set('Cookie', cookie);
  expect(page.text).toContain('William Shakespeare');
  expect(page.text).not.toContain('Sign out');
});

test('an end-user header from outside is neither believed nor passed on', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  const page = await request(service.url).get('/productpage').set('end-user', 'jason');
  await request(service.url).get('/api/v1/products/0/ratings').set('end-user', 'jason');
  expect(page.text).not.toContain('jason');
  expect(backends.asked.map(({ headers }) => headers['end-user'])).toEqual([undefined, undefined, undefined]);
});

test('a session wins over an end-user header from outside', async () => {
  await using backends = await startBackends();
  await using service = await startTestService(productpage, { ...backends.env, ...SECRET });
  const cookie = cookieOf(await login(service.url, 'anna')).split(';', 1);
  await request(service.url).get('/productpage').set('Cookie', cookie).set('end-user', 'jason');
  expect(backends.asked.map(({ headers }) => headers['end-user'])).toEqual(['anna', 'anna']);
});
