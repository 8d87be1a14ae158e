import { basename } from 'node:path';
import { Deployment, type IDeployment } from 'kubernetes-models/apps/v1';
import type { IContainer } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { type Manifest, manifestsOf, textOf, yamlFiles } from './deploy-files.ts';

const bookinfo = manifestsOf('platform/kube/bookinfo.yaml');
const services = ['details', 'ratings', 'reviews', 'productpage'];

/** Files that kubectl has to take on their own repeat the pods of bookinfo.yaml; nothing but these tests keeps them alike. */
describe('bookinfo-psa.yaml', () => {
  it('is bookinfo.yaml', () => {
    expect(manifestsOf('platform/kube/bookinfo-psa.yaml')).toEqual(bookinfo);
  });
});

describe('a file with dualstack in its name', () => {
  it.each([
    ['bookinfo-dualstack', 'bookinfo'],
    ['bookinfo-details-dualstack', 'bookinfo-details'],
    ['bookinfo-ratings-dualstack', 'bookinfo-ratings'],
    ['bookinfo-ratings-discovery-dualstack', 'bookinfo-ratings-discovery'],
  ])('%s is %s with two addresses for each Service', (dualStack, plain) => {
    expect(manifestsOf(`platform/kube/${dualStack}.yaml`)).toEqual(
      manifestsOf(`platform/kube/${plain}.yaml`).map(withTwoAddresses),
    );
  });
});

const originals = new Map(yamlFiles('platform').map((file) => [basename(file), file]));

describe('a file of a kustomize component with the name of one in platform/kube', () => {
  const copies = yamlFiles('kustomize').filter((file) => originals.has(basename(file)));

  it.each(copies)('%s is its copy, which deploy/kustomize/copy writes', (copy) => {
    expect(textOf(copy)).toBe(textOf(originals.get(basename(copy)) ?? ''));
  });

  it('is there for each database and for the faulty ratings', () => {
    expect(copies.map((file) => basename(file, '.yaml'))).toEqual([
      'bookinfo-ratings-v-faulty',
      'bookinfo-db',
      'bookinfo-ratings-v2',
      'bookinfo-mysql',
      'bookinfo-ratings-v2-mysql',
    ]);
  });
});

const deployments = yamlFiles('platform').flatMap((file) =>
  manifestsOf(file)
    .filter(Deployment.is)
    .filter(({ spec }) => services.includes(spec?.template.metadata?.labels?.app ?? ''))
    .map((deployment) => [file, deployment.metadata?.name ?? '', deployment] as const),
);

describe.each(deployments)('%s: Deployment %s', (_file, name, deployment) => {
  const labels = deployment.spec?.template.metadata?.labels ?? {};

  it('is named after its app and version, and selects its own pods', () => {
    expect(name).toBe(`${labels.app}-${labels.version}`);
    expect(deployment.spec?.selector.matchLabels).toEqual(labels);
  });

  it('has the pod of bookinfo.yaml, but for its labels, account and settings', () => {
    const original = bookinfo
      .filter(Deployment.is)
      .find(({ spec }) => spec?.template.metadata?.labels?.app === labels.app);
    expect(comparable(deployment)).toEqual(original && comparable(original));
  });

  it('takes its version from its own label', () => {
    const fieldRef = { fieldPath: "metadata.labels['version']" };
    expect(containerOf(deployment)?.env?.[0]).toEqual({ name: 'SERVICE_VERSION', valueFrom: { fieldRef } });
  });
});

function withTwoAddresses(manifest: Manifest): Manifest {
  if (manifest.kind !== 'Service') return manifest;
  return { ...manifest, spec: { ipFamilyPolicy: 'RequireDualStack', ...specOf(manifest) } } as Manifest;
}

function specOf(manifest: object): object {
  return 'spec' in manifest ? (manifest.spec as object) : {};
}

function containerOf({ spec }: IDeployment): IContainer | undefined {
  return spec?.template.spec?.containers[0];
}

function comparable(deployment: IDeployment) {
  const { metadata, spec } = deployment.spec?.template ?? {};
  const { serviceAccountName: _account, containers: [container] = [], ...pod } = spec ?? {};
  const { env: _env, ...program } = container ?? {};
  return { annotations: metadata?.annotations, pod, program };
}
