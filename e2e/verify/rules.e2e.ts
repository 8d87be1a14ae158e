import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AdminClient,
  allAgree,
  DEFAULT_MESH_CONFIG,
  formatProblem,
  modelOfFiles,
  systemClock,
  verify,
  type Report,
  type Source,
} from '@bookinfo/mesh';
import { expect, inject, test } from 'vitest';
import { applied, appliedText } from '../support/mesh.js';
import { networking, root } from '../support/repository.js';

const BASE = [
  'deploy/platform/kube/bookinfo.yaml',
  'deploy/networking/bookinfo-gateway.yaml',
  'deploy/networking/destination-rule-all.yaml',
];

/** What a verification of these files says; the names of files are as applied. */
async function verified(...claimed: Source[]): Promise<Report> {
  const result = modelOfFiles([...BASE.map(source), ...claimed], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  const files = new Set(claimed.map(({ file }) => file));
  return verify(new AdminClient(inject('adminPort')), result.model, files, {
    clock: systemClock,
    random: Math.random,
    onProgress: () => undefined,
  });
}

function source(file: string): Source {
  return { file, text: readFileSync(join(root, file), 'utf8') };
}

const statuses = ({ verdicts }: Report) => verdicts.map(({ status, reasons }) => [status, ...reasons]);

test.each([
  ['virtual-service-reviews-90-10', 1],
  ['virtual-service-reviews-test-v2', 2],
  ['virtual-service-ratings-test-abort', 2],
])('live traffic agrees with every rule of %s', async (name, rules) => {
  await using _rules = await applied(name);
  const report = await verified(source(networking(name)));
  expect(statuses(report)).toEqual(Array.from({ length: rules }, () => ['agrees']));
  expect(allAgree(report)).toBe(true);
});

test('shares of delays and aborts are seen as they were predicted', async () => {
  const rules = {
    file: 'rules of the test',
    text: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ratings }
spec:
  hosts: [ratings]
  http:
    - fault:
        delay: { percentage: { value: 30 }, fixedDelay: 1s }
        abort: { percentage: { value: 20 }, httpStatus: 500 }
      route: [{ destination: { host: ratings, subset: v1 } }]
`,
  };
  await using _rules = await appliedText(rules.text);
  const report = await verified(rules);
  expect(statuses(report)).toEqual([['agrees']]);
  expect(report.verdicts[0]?.outcomes.map(({ label, predicted }) => [label, predicted])).toEqual([
    ['200 ratings-v1', expect.closeTo(0.56)],
    ['200 ratings-v1 after 1 s', expect.closeTo(0.24)],
    ['500 from the proxy', expect.closeTo(0.14)],
    ['500 from the proxy after 1 s', expect.closeTo(0.06)],
  ]);
});

test('rules that nobody applied are not in force, and no request is spent on them', async () => {
  const { verdicts } = await verified(source(networking('virtual-service-reviews-90-10')));
  expect(verdicts.map(({ status, answers }) => [status, answers])).toEqual([['not in force', 0]]);
});

test('a file that promises what another in the mesh overrules is not in force', async () => {
  await using _rules = await applied('virtual-service-reviews-v3');
  const { verdicts } = await verified(source(networking('virtual-service-reviews-50-v3')));
  expect(verdicts.map(({ status }) => status)).toEqual(['not in force']);
});
