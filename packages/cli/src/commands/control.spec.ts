import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '@bookinfo/effects';
import { bookinfo, Running } from '../../test/cli.js';
import { makeRepository, type TestRepository } from '../../test/repository.js';

const GATEWAY = 'deploy/networking/bookinfo-gateway.yaml';
const RULES = 'deploy/networking/destination-rule-all.yaml';
const rulesYaml = (field: string) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews }
spec: { ${field}: reviews }
`;
const PRODUCTPAGE_RULE = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: productpage }
spec: { host: productpage }
`;

/** Starts the control plane of containers, none of which are there. */
async function startControl(repository: TestRepository, options: string[] = []) {
  const adminPort = String(await freePort());
  const folder = path.join(repository.root, 'shm');
  await mkdir(folder, { recursive: true });
  const args = ['control', '--proxy', 'node', '--folder', folder, '--admin-port', adminPort, ...options];
  const control = new Running(repository, args);
  return {
    control,
    isReady: () => existsSync(path.join(folder, 'ready')),
    run: async (...command: string[]) =>
      (await bookinfo(repository, [...command, '--target', 'local', '--admin-port', adminPort])).stdout,
    [Symbol.asyncDispose]: () => control[Symbol.asyncDispose](),
  };
}

test('a broken file is reported and left out; once mended, it is applied at the next start, and what was changed stays', async () => {
  await using repository = await makeRepository();
  await repository.write(RULES, rulesYaml('hots'));
  await repository.write('rule.yaml', PRODUCTPAGE_RULE);
  {
    await using started = await startControl(repository);
    await started.control.prints(/The mesh runs without deploy\/networking\/destination-rule-all\.yaml\./);
    expect(started.control.stderr).toContain(`${RULES}:5: spec.hots is not known here`);
    expect(await started.run('get', 'services')).toMatch(/^productpage[^]*^reviews/m);
    expect(await started.run('delete', '-f', GATEWAY)).toMatch(/"bookinfo" deleted/);
    expect(await started.run('apply', '-f', 'rule.yaml')).toMatch(/productpage created/);
    expect(started.isReady()).toBe(false);
  }
  await repository.write(RULES, rulesYaml('host'));
  await using started = await startControl(repository);
  await started.control.prints(/deploy\/networking\/destination-rule-all\.yaml is applied/);
  expect(await started.run('get', 'destinationrules')).toMatch(/^productpage[^]*^reviews/m);
  expect(await started.run('get', 'virtualservices')).toBe('');
});

test('a file that is not there is reported, and the mesh runs without it', async () => {
  await using repository = await makeRepository();
  await rm(path.join(repository.root, RULES));
  await using started = await startControl(repository);
  await started.control.prints(/The mesh runs without deploy\/networking\/destination-rule-all\.yaml\./);
  expect(started.control.stderr).toContain(`Can't read ${RULES}: there is no such file.`);
  expect(await started.run('get', 'gateways')).toMatch(/^bookinfo-gateway/m);
});

test('control is ready when all files are applied and all pods ready', async () => {
  await using repository = await makeRepository();
  await repository.write('deploy/platform/kube/bookinfo.yaml', '');
  await using started = await startControl(repository);
  await started.control.prints(/The mesh runs without deploy\/platform\/kube\/bookinfo\.yaml\./);
  await started.control.prints(/destination-rule-all\.yaml is applied/);
  expect(started.isReady()).toBe(false);
  await repository.write('deploy/platform/kube/bookinfo.yaml', PRODUCTPAGE_RULE);
  await started[Symbol.asyncDispose]();
  await using again = await startControl(repository);
  await again.control.prints(/bookinfo\.yaml is applied/);
  await expect.poll(() => again.isReady(), { timeout: 60_000 }).toBe(true);
});
