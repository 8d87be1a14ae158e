import { CONTEXT, bookinfoObjects, objectsOf, startApiServer } from '@bookinfo/cluster/testing';
import { expect, onTestFinished, test } from 'vitest';
import { bookinfo, type Ended } from '../test/cli.js';
import { makeRepository } from '../test/repository.js';

const RULE = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http: [{ route: [{ destination: { host: reviews, subset: v3 } }] }]
`;
const ALL_V1 = 'networking/virtual-service-all-v1';

/** Runs a command about a cluster with these objects, and the file rule.yaml. */
async function ask(
  args: string[],
  options: Partial<Parameters<typeof startApiServer>[0]> = {},
): Promise<Ended> {
  const server = await startApiServer({ objects: bookinfoObjects(), ...options });
  const repository = await makeRepository();
  onTestFinished(async () => {
    await server[Symbol.asyncDispose]();
    await repository[Symbol.asyncDispose]();
  });
  await repository.write('rule.yaml', RULE);
  const env = { KUBECONFIG: server.kubeConfig };
  return await bookinfo(repository, [...args, '--context', CONTEXT], { env });
}

const REVIEWS = ['GET', 'http://reviews:9080/reviews/0', '--from', 'productpage'];

test('explain names the rule of the cluster', async () => {
  const { stdout, code } = await ask(['explain', ...REVIEWS], {
    objects: bookinfoObjects({ files: [ALL_V1] }),
  });
  expect(stdout).toMatch(
    /^Rule +VirtualService default\/reviews in the cluster:\d+ VirtualService\/default\/reviews$/m,
  );
  expect(stdout).toMatch(/^Destination +100 % +reviews-v1 /m);
  expect(code).toBe(0);
});

test('predict takes the ready pods of the cluster as endpoints', async () => {
  const objects = bookinfoObjects({ unready: ['reviews-v2'] });
  const { stdout, stderr } = await ask(['predict', ...REVIEWS], { objects });
  expect(stderr).toBe('');
  expect(stdout).toBe('  50.00 %  200 reviews-v1\n  50.00 %  200 reviews-v3 ratings-v1\n');
});

test('files are added to the cluster', async () => {
  const { stdout } = await ask(['predict', ...REVIEWS, '-f', 'rule.yaml']);
  expect(stdout).toBe(' 100.00 %  200 reviews-v3 ratings-v1\n');
});

test('another namespace is that of workloads, of hosts and of resources in files', async () => {
  const objects = bookinfoObjects({ namespace: 'books' });
  const args = ['predict', ...REVIEWS, '-f', 'rule.yaml', '--namespace', 'books'];
  expect((await ask(args, { objects })).stdout).toBe(' 100.00 %  200 reviews-v3 ratings-v1\n');
});

test('check without files lints the namespace', async () => {
  const text = RULE.replace('subset: v3', 'subset: v9');
  const objects = [...bookinfoObjects(), ...objectsOf(text)];
  const { stdout, code } = await ask(['check'], { objects });
  expect(stdout).toMatch(
    /^VirtualService default\/reviews in the cluster:\d+: error: .*v9.* \[unknown-subset\]$/m,
  );
  expect(code).toBe(1);
});

test('check with files reports those alone', async () => {
  const { stdout } = await ask(['check', '-f', 'rule.yaml']);
  expect(stdout).toMatch(/^rule\.yaml:7: note: /m);
  expect(stdout).not.toContain('in the cluster');
});

test('the sentence about what is wrong with a cluster is all that is written', async () => {
  const { stdout, stderr, code } = await ask(['check'], { groups: { apps: ['v1'] } });
  expect([stdout, code]).toEqual(['', 1]);
  expect(stderr).toMatch(/^The cluster of the context "test" has no Istio .*\n$/);
});

test('--istio-version takes the place of a version that is not known', async () => {
  const options = { objects: bookinfoObjects({ istiod: 'pilot:dev' }) };
  expect((await ask(['predict', ...REVIEWS], options)).stderr).toMatch(
    /^warning: The version of Istio in the cluster is not one that is known here \(istiod runs pilot:dev\).*\n$/,
  );
  expect((await ask(['predict', ...REVIEWS, '--istio-version', '1.22'], options)).stderr).toBe('');
});

test('--namespace needs a cluster', async () => {
  await using repository = await makeRepository();
  const { stderr, code } = await bookinfo(repository, ['check', '-f', 'x.yaml', '--namespace', 'books']);
  expect([stderr, code]).toEqual(['error: --namespace needs --context: it is one of a cluster\n', 1]);
});
