import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Service, ServiceAccount } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { manifestsOf, PART_OF, textOf } from './deploy-files.ts';

const file = 'platform/kube/bookinfo.yaml';
const services = join(import.meta.dirname, '../../services');

const manifests = manifestsOf(file);
const apps = ['details', 'ratings', 'reviews', 'productpage'];
const versions = [
  { app: 'details', version: 'v1' },
  { app: 'ratings', version: 'v1' },
  { app: 'reviews', version: 'v1' },
  { app: 'reviews', version: 'v2' },
  { app: 'reviews', version: 'v3' },
  { app: 'productpage', version: 'v1' },
];

describe('bookinfo.yaml', () => {
  it("creates its objects in the order of Istio's documentation, and no others", () => {
    expect(manifests.map(({ kind, metadata }) => `${kind}/${metadata?.name}`)).toEqual([
      'Service/details',
      'ServiceAccount/bookinfo-details',
      'Deployment/details-v1',
      'Service/ratings',
      'ServiceAccount/bookinfo-ratings',
      'Deployment/ratings-v1',
      'Service/reviews',
      'ServiceAccount/bookinfo-reviews',
      'Deployment/reviews-v1',
      'Deployment/reviews-v2',
      'Deployment/reviews-v3',
      'Service/productpage',
      'ServiceAccount/bookinfo-productpage',
      'Deployment/productpage-v1',
    ]);
  });

  it('leaves the namespace to kubectl', () => {
    expect(manifests.filter((manifest) => 'namespace' in (manifest.metadata ?? {}))).toEqual([]);
  });

  it('keeps the texts that documented sed commands replace', () => {
    expect(textOf(file).match(/app: reviews$/gm)).toHaveLength(11);
    expect(textOf(file).match(/replicas: 1$/gm)).toHaveLength(6);
  });
});

describe.each(apps)('Service %s', (app) => {
  const service = manifests.filter(Service.is).find(({ metadata }) => metadata?.name === app);

  it('is a ClusterIP with one port, 9080 named http', () => {
    expect(service?.spec?.type ?? 'ClusterIP').toBe('ClusterIP');
    expect(service?.spec?.ports).toEqual([{ port: 9080, name: 'http' }]);
  });

  it('is labelled app and service, and selects every version of the app', () => {
    expect(service?.metadata?.labels).toEqual({ ...PART_OF, app, service: app });
    expect(service?.spec?.selector).toEqual({ app });
  });
});

describe.each(apps)('ServiceAccount bookinfo-%s', (app) => {
  it('is labelled account, and neither app nor version', () => {
    const accounts = manifests.filter(ServiceAccount.is);
    const account = accounts.find(({ metadata }) => metadata?.name === `bookinfo-${app}`);
    expect(account?.metadata?.labels).toEqual({ ...PART_OF, account: app });
  });
});

describe.each(versions)('Deployment $app-$version', ({ app, version }) => {
  const named = `${app}-${version}`;
  const deployment = manifests.filter(Deployment.is).find(({ metadata }) => metadata?.name === named);
  const template = deployment?.spec?.template;
  const [container] = template?.spec?.containers ?? [];

  it('runs one replica, labelled app and version throughout', () => {
    const labels = { app, version };
    expect(deployment?.metadata?.labels).toEqual({ ...PART_OF, ...labels });
    expect(deployment?.spec?.replicas).toBe(1);
    expect(deployment?.spec?.selector).toEqual({ matchLabels: labels });
    expect(template?.metadata?.labels).toEqual(labels);
  });

  it('has exactly one container, named after the app, on port 9080', () => {
    expect(template?.spec?.initContainers).toBeUndefined();
    expect(template?.spec?.containers).toHaveLength(1);
    expect(container?.name).toBe(app);
    expect(container?.ports).toEqual([{ containerPort: 9080 }]);
  });

  it('runs as its own service account', () => {
    expect(template?.spec?.serviceAccountName).toBe(`bookinfo-${app}`);
  });

  it('runs the image of the program of its name below services/, tagged with its version', () => {
    const [image, tag] = container?.image?.split(':') ?? [];
    const program = readFileSync(join(services, app, 'package.json'), 'utf8');
    expect(image).toBe(`bookinfo/${app}`);
    expect(program).toContain(`"version": "${tag}"`);
    expect(container?.imagePullPolicy).toBe('IfNotPresent');
  });

  it('takes its version from its own label', () => {
    expect(container?.env?.[0]).toEqual({
      name: 'SERVICE_VERSION',
      valueFrom: { fieldRef: { fieldPath: "metadata.labels['version']" } },
    });
  });

  it('sets no environment beyond its version and, on productpage, an optional session key', () => {
    const session = { secretKeyRef: { name: 'bookinfo-session', key: 'secret', optional: true } };
    const optional = app === 'productpage' ? [{ name: 'SESSION_SECRET', valueFrom: session }] : [];
    expect(container?.env?.slice(1)).toEqual(optional);
  });

  it('has a writable /tmp where upstream has one, in productpage and reviews', () => {
    const writable = ['productpage', 'reviews'].includes(app);
    expect(container?.volumeMounts).toEqual(writable ? [{ name: 'tmp', mountPath: '/tmp' }] : undefined);
    expect(template?.spec?.volumes?.map((volume) => volume.name)).toEqual(writable ? ['tmp'] : undefined);
  });
});
