import { CONTEXT, bookinfoObjects, objectsOf, startApiServer } from '@bookinfo/cluster/testing';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
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

/** Serves a page by reviews v1 on every path, for an ingress. */
async function servePage(): Promise<string> {
  const html = '<h4>Book Reviews</h4><dt>Reviews served by:</dt> reviews-v1-598b896c9d-8fgr5';
  const server = createServer((_, response) => response.end(html)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('verify', () => {
  test('without witnesses compares the page with the rules of the cluster', async () => {
    const objects = bookinfoObjects({ files: [ALL_V1] });
    const { stdout, stderr, code } = await ask(['verify', '--url', await servePage()], { objects });
    expect(stderr).toContain('Without witnesses only the page is requested (see bookinfo witness --help).\n');
    expect(stdout).toMatch(/^AGREES +The page, not signed in \(VirtualService default\//m);
    expect(code).toBe(0);
  });

  test('refuses a namespace without Bookinfo', async () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'empty' } };
    const objects = [...bookinfoObjects(), namespace];
    const { stderr } = await ask(['verify', '--namespace', 'empty'], { objects });
    expect(stderr).toBe(
      'The namespace empty has no Bookinfo: install it (kubectl apply -n empty -f deploy/platform/kube/bookinfo.yaml).\n',
    );
  });

  test('names what is missing where the gateway has no address', async () => {
    const { stderr, code } = await ask(['verify']);
    expect(stderr).toBe(
      "The gateway can't be asked: no Service of the namespace istio-system selects the gateway (app=istio-ingressgateway, istio=ingressgateway) with port 80.\n",
    );
    expect(code).toBe(1);
  });
});

test('witness writes a pod for each Deployment, for kubectl', async () => {
  const { stdout, stderr } = await ask(['witness']);
  expect(stderr).toBe('');
  expect(stdout.match(/^ {2}name: .*$/gm)).toContain('  name: witness-reviews-v2');
});
