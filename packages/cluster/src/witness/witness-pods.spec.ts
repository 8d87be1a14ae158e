import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { freePort } from '@bookinfo/effects';
import { envoyExecutable, envoyMissing } from '@bookinfo/envoy/testing';
import { TunnelAgent } from '@bookinfo/mesh';
import { expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../kube-object.js';
import { modelPods } from '../pods.js';
import { bookinfoObjects } from '../testing/bookinfo-objects.js';
import { WITNESS_PORT, witnessConfig } from './witness-config.js';
import { witnessPods, yamlOf } from './witness-pods.js';

function witnesses(objects: readonly KubeObject[] = bookinfoObjects()): KubeObject[] {
  const of = (wanted: string) =>
    objects.filter(({ kind, metadata }) => kind === wanted && metadata.namespace === 'default');
  return witnessPods({ namespace: 'default' }, { deployments: of('Deployment'), pods: of('Pod') });
}

test('each Deployment has a witness with its labels and its ServiceAccount', () => {
  const all = witnesses();
  expect(all.map(({ metadata }) => metadata.name)).toEqual(
    ['details-v1', 'ratings-v1', 'reviews-v1', 'reviews-v2', 'reviews-v3', 'productpage-v1'].map(
      (name) => `witness-${name}`,
    ),
  );
  expect(all.find(({ metadata }) => metadata.name === 'witness-reviews-v2')).toMatchObject({
    metadata: {
      namespace: 'default',
      labels: { app: 'reviews', version: 'v2', 'bookinfo/witness': 'reviews-v2' },
    },
    spec: {
      serviceAccountName: 'bookinfo-reviews',
      containers: [{ image: 'docker.io/istio/proxyv2:1.31.0' }],
    },
  });
});

test('no ReplicaSet adopts a witness, and it never becomes ready', () => {
  for (const { metadata, spec } of witnesses()) {
    expect(metadata.labels).not.toHaveProperty('pod-template-hash');
    expect(spec).toMatchObject({ readinessGates: [{ conditionType: 'bookinfo/is-endpoint' }] });
  }
});

test('a witness has the annotations that its sidecar depends on, and no others', () => {
  const [{ metadata }] = witnesses() as [KubeObject];
  const keys = Object.keys(metadata.annotations ?? {});
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => !key.includes('istio.io/'))).toEqual([]);
});

test('a witness whose containers run is no endpoint', () => {
  const [witness] = witnesses() as [KubeObject];
  const conditions = [
    { type: 'ContainersReady', status: 'True' },
    { type: 'Ready', status: 'False' },
  ];
  expect(modelPods([{ ...witness, status: { podIP: '10.0.0.5', conditions } }], [])).toMatchObject([
    { ready: false },
  ]);
});

test('a namespace without sidecars has no witnesses', () => {
  expect(() => witnesses(bookinfoObjects({ hasSidecars: false }))).toThrow(
    'No Deployment of the namespace default has pods with a sidecar, so that there is nothing to be a witness of.',
  );
});

test('the YAML has a document for each', () => {
  const documents = parseAllDocuments(yamlOf(witnesses())).map((document) => document.toJS() as unknown);
  expect(documents).toEqual(JSON.parse(JSON.stringify(witnesses())));
});

test.skipIf(envoyMissing)('its Envoy makes the connection that a client asks for', async () => {
  const server = createServer(({ headers }, response) => response.end(headers.host)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = await freePort();
  // Another test's witness may have the port.
  const config = JSON.stringify(witnessConfig()).replace(String(WITNESS_PORT), String(port));
  const args = [
    '--config-yaml',
    config,
    '--disable-hot-restart',
    '--concurrency',
    '1',
    '--log-level',
    'info',
  ];
  const envoy = spawn(envoyExecutable(), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(async () => {
    server.close();
    envoy.kill();
    await once(envoy, 'exit');
  });
  for await (const chunk of envoy.stderr) if (String(chunk).includes('starting main dispatch loop')) break;
  const agent = new TunnelAgent(`http://127.0.0.1:${port}`);
  const url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent, headers: { host: 'reviews:9080' } }, resolve).once('error', reject);
  });
  expect(await text(response)).toBe('reviews:9080');
});
