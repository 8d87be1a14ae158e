import { globSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigMap, Service, ServiceAccount } from 'kubernetes-models/v1';
import { ClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { manifestsOf, textOf } from './deploy-files.ts';
import { build, kustomizeMissing } from './kustomize.ts';
import { STANDARDS } from './pod-security-rules.ts';
import { workloadsOf } from './workloads.ts';

const NAMESPACE = 'bookinfo-addons';
const manifestsByAddon = ['zipkin', 'prometheus', 'grafana', 'kiali'].map(
  (name) => [name, manifestsOf(`cluster/addons/${name}.yaml`)] as const,
);
const all = manifestsByAddon.flatMap(([, manifests]) => manifests);

/** Prometheus and Kiali ask the API server, and configuration is mounted as a file. */
const ALLOWED = [
  'gets no token of the Kubernetes API, which it never calls',
  'mounts nothing but emptyDir volumes',
];

describe.each(manifestsByAddon)('the addon %s', (name, manifests) => {
  const [workload] = workloadsOf(manifests);

  it('has a Service of its name that selects its pods', () => {
    const service = manifests.filter(Service.is).find(({ metadata }) => metadata?.name === name);
    expect(workload?.deployment.spec?.template.metadata?.labels).toMatchObject(service?.spec?.selector ?? {});
    expect(service?.spec?.ports?.map(({ port }) => port)).toEqual(
      workload?.containers[0]?.ports?.map(({ containerPort }) => containerPort),
    );
  });

  it('meets Pod Security restricted, with a read-only root file system', () => {
    const violated = Object.values(STANDARDS).flatMap((rules) =>
      Object.entries(rules).filter(([rule, violates]) => !ALLOWED.includes(rule) && violates(workload!)),
    );
    expect(violated.map(([rule]) => rule)).toEqual([]);
  });

  it('runs an image of a fixed version', () => {
    expect(workload?.containers.map(({ image }) => image)).toEqual([expect.stringMatching(/:v?\d+\.\d+/)]);
  });

  it('mounts ConfigMaps and uses accounts that it has', () => {
    const mounted = (workload?.pod.volumes ?? []).flatMap(({ configMap }) => configMap?.name ?? []);
    const names = manifests.filter(ConfigMap.is).map(({ metadata }) => metadata?.name);
    expect([...new Set(mounted)]).toEqual([...names, ...(name === 'grafana' ? ['grafana-dashboards'] : [])]);
    const account = workload?.pod.serviceAccountName;
    const accounts = manifests.filter(ServiceAccount.is).map(({ metadata }) => metadata?.name);
    expect(account === undefined ? [] : [account]).toEqual(accounts);
    for (const { subjects } of manifests.filter(ClusterRoleBinding.is))
      expect(subjects).toEqual([{ kind: 'ServiceAccount', name: account, namespace: NAMESPACE }]);
  });
});

describe('the addons', () => {
  it('name each other by Services that exist', () => {
    const services = all
      .filter(Service.is)
      .map(({ metadata, spec }) => `${metadata?.name}:${spec?.ports?.[0]?.port}`);
    const texts = all.filter(ConfigMap.is).flatMap(({ data }) => Object.values(data ?? {}));
    const named = texts.flatMap((text) => [...text.matchAll(/http:\/\/(\w+)(?:\.bookinfo-addons)?:(\d+)/g)]);
    const urls = named
      .map(([, name, port]) => `${name}:${port}`)
      .filter((url) => !url.startsWith('localhost'));
    expect(urls.length).toBeGreaterThan(0);
    expect(urls.filter((url) => !services.includes(url))).toEqual([]);
  });

  it('get traces by the provider that istio.yaml names', () => {
    const { spec } = parse(textOf('cluster/istio.yaml'));
    const [provider] = spec.meshConfig.extensionProviders;
    expect(provider.zipkin).toEqual({ service: `zipkin.${NAMESPACE}.svc.cluster.local`, port: 9411 });
    expect(parse(textOf('cluster/addons/tracing.yaml')).spec.tracing[0].providers).toEqual([
      { name: provider.name },
    ]);
  });

  it.skipIf(kustomizeMissing)(
    'show the dashboards that deploy/telemetry has, by the source that they name',
    () => {
      const [dashboards] = build('../telemetry').filter(ConfigMap.is);
      expect(dashboards?.metadata?.name).toBe('grafana-dashboards');
      const files = globSync('*.json', {
        cwd: join(import.meta.dirname, '../../deploy/telemetry/dashboards'),
      });
      expect(Object.keys(dashboards?.data ?? {}).toSorted()).toEqual(files.toSorted());
      const grafana = manifestsOf('cluster/addons/grafana.yaml').find(ConfigMap.is);
      const { datasources } = parse(grafana?.data?.['datasources.yaml'] ?? '');
      expect(datasources[0]).toMatchObject({ uid: 'prometheus', type: 'prometheus' });
    },
  );
});
