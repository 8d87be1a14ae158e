import { sendRaw, startTestService } from '@bookinfo/service-kit/testing';
import request from 'supertest';
import { expect, test } from 'vitest';
import { ratings } from './app.js';

const reviewers = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`Reviewer${n}`, 5]));

async function post(body: string | Buffer | null) {
  await using service = await startTestService(ratings);
  const response = await fetch(`${service.url}/ratings/0`, { method: 'POST', body });
  const { error } = (await response.json()) as { error?: string };
  const after = await request(service.url).get('/ratings/0');
  return { status: response.status, error, kept: after.body.ratings as unknown };
}

test.each<[string, string | Buffer | null, string]>([
  ['nothing', null, 'this is not JSON in UTF-8'],
  ['invalid JSON', '{"Reviewer1":', 'this is not JSON in UTF-8'],
  ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'this is not JSON in UTF-8'],
  ['null', 'null', 'an object is needed, of reviewers and their stars'],
  ['a list', '[5,4]', 'an object is needed, of reviewers and their stars'],
  ['a number', '5', 'an object is needed, of reviewers and their stars'],
  ['no stars', '{"Ann":0}', 'the stars of "Ann" are not a whole number from 1 to 5'],
  ['six stars', '{"Ann":5,"Bob":6}', 'the stars of "Bob" are not a whole number from 1 to 5'],
  ['half a star', '{"Ann":4.5}', 'the stars of "Ann" are not a whole number from 1 to 5'],
  ['stars as text', '{"Ann":"5"}', 'the stars of "Ann" are not a whole number from 1 to 5'],
  ['101 reviewers', JSON.stringify(reviewers(101)), '101 reviewers are more than 100'],
  ['a name too long', `{"${'x'.repeat(101)}":5}`, "a reviewer's name is longer than 100 characters"],
])('POST of %s is a 400 with the reason, and changes nothing', async (_name, body, problem) => {
  expect(await post(body)).toEqual({
    status: 400,
    error: `please provide valid ratings JSON: ${problem}`,
    kept: { Reviewer1: 5, Reviewer2: 4 },
  });
});

test('100 reviewers with names of 100 characters are accepted', async () => {
  const posted = Object.fromEntries(Object.keys(reviewers(100)).map((name) => [name.padEnd(100, 'x'), 1]));
  expect(await post(JSON.stringify(posted))).toEqual({ status: 200, error: undefined, kept: posted });
});

test('a reviewer can be called __proto__, which changes no other object', async () => {
  await using service = await startTestService(ratings);
  const body = '{"__proto__":1,"constructor":2}';
  const response = await request(service.url).post('/ratings/0').send(body);
  expect(response.text).toBe(`{"id":0,"ratings":${body}}`);
  expect((await request(service.url).get('/ratings/0')).text).toBe(response.text);
  const nested = await request(service.url).post('/ratings/0').send('{"__proto__":{"polluted":1}}');
  expect(nested.status).toBe(400);
  expect({}).not.toHaveProperty('polluted');
});

test('a chunked body over 16 KiB is a 413, and the next request succeeds', async () => {
  await using service = await startTestService(ratings);
  const head = 'POST /ratings/0 HTTP/1.1\r\nHost: ratings\r\nTransfer-Encoding: chunked\r\n\r\n';
  const response = await sendRaw(service.url, `${head}5000\r\n${'x'.repeat(0x5000)}\r\n`);
  expect(response).toMatch(/^HTTP\/1.1 413 [^]*\r\n\r\n\{"error":"Request body is too large"\}$/);
  expect((await request(service.url).get('/ratings/0')).status).toBe(200);
});
