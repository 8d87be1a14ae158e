import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { systemClock } from '@bookinfo/effects';
import { DEFAULT_MESH_CONFIG, modelOfFiles, formatProblem } from '@bookinfo/rules';
import type { Report } from '@bookinfo/verdict';
import { startBackend } from '@bookinfo/testing';
import { bookinfoFiles } from '@bookinfo/rules/testing';
import { upstreamPage } from '../../../test/upstream-page.js';
import { verifyPage } from './verify-page.js';

const PAGES = {
  v1: upstreamPage({ pod: 'reviews-v1-598b896c9d-8fgr5' }),
  v2: upstreamPage({ pod: 'reviews-v2-6f8b9d9c7-x2x4z', colour: 'black' }),
};

/** An ingress in front of a Bookinfo that shows v2 to every n-th, and to whoever is signed in. */
function ingress(everyNth: number): RequestListener {
  let pages = 0;
  return (request, response) => {
    if (request.method === 'POST') {
      response
        .writeHead(302, { location: '/productpage', 'set-cookie': 'session=jason; HttpOnly; Path=/' })
        .end();
      return;
    }
    pages += 1;
    const isV2 = request.headers.cookie === 'session=jason' || pages % everyNth === 0;
    response.setHeader('content-type', 'text/html; charset=utf-8').end(isV2 ? PAGES.v2 : PAGES.v1);
  };
}

async function verified(listener: RequestListener, name: string): Promise<Report> {
  const result = modelOfFiles(bookinfoFiles(name), DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  await using backend = await startBackend('ingress', listener);
  const url = new URL(`http://127.0.0.1:${backend.endpoint.port}/productpage`);
  const files = new Set([`networking/${name}.yaml`]);
  return await verifyPage(url, result.model, files, {
    clock: systemClock,
    random: Math.random,
    onProgress: () => undefined,
  });
}

test('pages of another Bookinfo agree with the shares of a file', async () => {
  const { verdicts } = await verified(ingress(10), 'virtual-service-reviews-90-10');
  expect(verdicts.map(({ title, status }) => [title, status])).toEqual([
    ['The page, to nobody in particular', 'agrees'],
  ]);
  expect(verdicts[0]?.outcomes.map(({ label, predicted }) => [label, predicted])).toEqual([
    ['page with reviews v1', 0.9],
    ['page with reviews v2', 0.1],
  ]);
});

test('pages that come in other shares disagree', async () => {
  const { verdicts } = await verified(ingress(2), 'virtual-service-reviews-90-10');
  expect(verdicts.map(({ status }) => status)).toEqual(['disagrees']);
});

test('whom a rule names is signed in', async () => {
  const { verdicts } = await verified(ingress(Infinity), 'virtual-service-reviews-test-v2');
  expect(verdicts.map(({ title, status, outcomes }) => [title, status, outcomes[0]?.label])).toEqual([
    ['The page, to nobody in particular', 'agrees', 'page with reviews v1'],
    ['The page, to jason', 'agrees', 'page with reviews v2'],
  ]);
});

test('one page of a version that has no share disagrees', async () => {
  const { verdicts } = await verified(ingress(40), 'virtual-service-all-v1');
  expect(verdicts.map(({ status, firstUnpredicted }) => [status, firstUnpredicted])).toEqual([
    ['disagrees', 'page with reviews v2'],
  ]);
});
