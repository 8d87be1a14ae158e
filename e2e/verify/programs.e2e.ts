import { request } from 'node:http';
import { predict, probeOf } from '@bookinfo/analysis';
import { bookinfo } from '@bookinfo/application';
import { AdminClient } from '@bookinfo/mesh';
import { DEFAULT_MESH_CONFIG, formatProblem, modelOfFiles } from '@bookinfo/rules';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { appliedText, ingress } from '../support/mesh.js';
import { root } from '../support/repository.js';
import { rule } from '../support/rules.js';

const PAGE = { method: 'GET', url: `${ingress}/productpage`, headers: {} };
const REVIEWS = {
  method: 'GET',
  url: 'http://reviews:9080/reviews/0',
  headers: {},
  from: 'default/productpage-v1',
};
const FILES = [
  'deploy/platform/kube/bookinfo.yaml',
  'deploy/networking/bookinfo-gateway.yaml',
  'deploy/networking/destination-rule-all.yaml',
];

/** Returns the only response that is predicted under these rules. */
function predicted(sent: typeof PAGE, rules: string) {
  const files = FILES.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
  const result = modelOfFiles([...files, { file: 'rules of the test', text: rules }], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  const [first, ...others] = predict(probeOf(result.model, sent), bookinfo);
  expect(others).toEqual([]);
  return first!.value;
}

/** Sends a request through the proxy at a URL, as its workload does, and returns the response with its time. */
function send(proxyUrl: string, { method, url }: typeof PAGE) {
  const { hostname, port } = new URL(proxyUrl);
  const startedAt = performance.now();
  return new Promise<{ status: number; path: readonly string[]; elapsedMs: number }>((resolve, reject) => {
    const path = proxyUrl === ingress ? new URL(url).pathname : url;
    request({ hostname, port, method, path }, (response) => {
      response.resume().once('end', () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, path: bookinfo.hopsOf(headers), elapsedMs: performance.now() - startedAt });
      });
    })
      .once('error', reject)
      .end();
  });
}

test.each([
  ['v2', '1s'],
  ['v2', '3s'],
  ['v2', '8s'],
  ['v3', '1s'],
  ['v3', '3s'],
  ['v3', '8s'],
])('reviews %s and the page behave as predicted with ratings delayed by %s', async (version, delay) => {
  const reference = await send(ingress, PAGE);
  const rules = rule('reviews', { version }) + rule('ratings', { version: 'v1', delay });
  await using _rules = await appliedText(rules);
  const { sidecars } = await new AdminClient(inject('adminPort')).mesh();
  const sidecar = sidecars.find(({ workload }) => workload === REVIEWS.from);
  const responses = [
    { expected: predicted(REVIEWS, rules), actual: send(sidecar!.url, REVIEWS) },
    { expected: predicted(PAGE, rules), actual: send(ingress, PAGE) },
  ];
  for (const { expected, actual } of responses) {
    const { status, path, elapsedMs } = await actual;
    expect({ status, path }).toEqual({ status: expected.status, path: expected.path });
    // Timers of Node may fire a millisecond early. A wrong limit of the predicted program is off by a factor of two or more.
    expect(elapsedMs).toBeGreaterThan(0.99 * expected.delayMs);
    expect(elapsedMs).toBeLessThan(2 * expected.delayMs + 10 * reference.elapsedMs);
  }
});
