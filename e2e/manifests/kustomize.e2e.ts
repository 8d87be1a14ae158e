import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service, ServiceAccount } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Manifest, manifestsOf, PART_OF, textOf } from './deploy-files.ts';
import { build, buildWith, combinations, COMPONENTS, kustomizeMissing } from './kustomize.ts';
import { validate } from './published-schemas.ts';
import { STANDARDS } from './pod-security-rules.ts';
import { type Workload, workloadsOf } from './workloads.ts';

const rules = Object.values(STANDARDS).flatMap((standard) => Object.entries(standard));

describe.each(COMPONENTS)('the component %s', (name) => {
  it('is explained in deploy/README.md', () => {
    expect(textOf('README.md')).toContain(`](kustomize/components/${name})`);
  });

  it.skipIf(kustomizeMissing)('has an overlay of its name, which is the base with it', () => {
    expect(build(`overlays/${name}`)).toEqual(buildWith([name]));
  });
});

describe.skipIf(kustomizeMissing)('kustomize builds', () => {
  it('the base as bookinfo.yaml, in another order', () => {
    expect(build('base').toSorted(byName)).toEqual(
      manifestsOf('platform/kube/bookinfo.yaml').toSorted(byName),
    );
  });

  it('the component dual-stack as bookinfo-dualstack.yaml', () => {
    const expected = manifestsOf('platform/kube/bookinfo-dualstack.yaml');
    expect(buildWith(['dual-stack']).toSorted(byName)).toEqual(expected.toSorted(byName));
  });
});

describe.skipIf(kustomizeMissing).each(combinations().map((names) => [names.join(' and '), names] as const))(
  'the base with %s',
  (_, names) => {
    const manifests = kustomizeMissing ? [] : buildWith(names);

    it('is what the published schemas accept, under names of its own and the label of Bookinfo', () => {
      for (const manifest of manifests) expect(() => validate(manifest)).not.toThrow();
      expect(new Set(manifests.map(nameOf)).size).toBe(manifests.length);
      expect(manifests.filter(({ metadata }) => !includes(metadata?.labels, PART_OF))).toEqual([]);
    });

    it('leaves the namespace to kubectl', () => {
      expect(manifests.filter(({ metadata }) => 'namespace' in (metadata ?? {}))).toEqual([]);
    });

    it('keeps the security of the plain files', () => {
      const workloads = workloadsOf(manifests);
      const violations = rules.flatMap(([rule, violates]) =>
        workloads.filter(violates).map(({ name }) => `${name}: ${rule}`),
      );
      expect(violations).toEqual([]);
    });

    it('selects pods and accounts that it has', () => {
      const workloads = workloadsOf(manifests);
      const accounts = manifests.filter(ServiceAccount.is).map(({ metadata }) => metadata?.name);
      for (const { name, deployment, pod } of workloads) {
        const own = deployment.spec?.selector.matchLabels;
        expect(
          workloads.filter((other) => includes(labelsOf(other), own)).map((other) => other.name),
        ).toEqual([name]);
        expect([undefined, ...accounts]).toContain(pod.serviceAccountName);
      }
      const selectors = [
        ...manifests.filter(Service.is).map(({ spec }) => spec?.selector),
        ...manifests.filter(PodDisruptionBudget.is).map(({ spec }) => spec?.selector?.matchLabels),
      ];
      expect(
        selectors.filter((selector) => !workloads.some((each) => includes(labelsOf(each), selector))),
      ).toEqual([]);
    });

    it('scales Deployments that have the container and no number of replicas', () => {
      for (const { spec } of manifests.filter(HorizontalPodAutoscaler.is)) {
        const scaled = manifests
          .filter(Deployment.is)
          .find(({ metadata }) => metadata?.name === spec?.scaleTargetRef.name);
        const containers = scaled?.spec?.template.spec?.containers.map(({ name }) => name);
        expect(spec?.metrics?.map(({ containerResource }) => containerResource?.container)).toEqual(
          containers,
        );
        expect(scaled?.spec).not.toHaveProperty('replicas');
      }
    });
  },
);

describe.skipIf(kustomizeMissing)('the component', () => {
  it('distroless takes images without shell, and calls no program before a pod stops', () => {
    for (const { containers } of workloadsOf(buildWith(['distroless'])))
      for (const { name, image, lifecycle } of containers) {
        expect(image).toBe(`bookinfo/${name}:0.1.0-distroless`);
        expect(lifecycle?.preStop).toEqual({ sleep: { seconds: 5 } });
      }
  });

  it('ambient labels each pod for ztunnel, and each Service for the waypoint that it brings', () => {
    const manifests = buildWith(['ambient']);
    const mode = { 'istio.io/dataplane-mode': 'ambient', 'sidecar.istio.io/inject': 'false' };
    for (const workload of workloadsOf(manifests)) expect(labelsOf(workload)).toMatchObject(mode);
    for (const { metadata } of manifests.filter(Service.is))
      expect(manifests.map(nameOf)).toContain(`Gateway/${metadata?.labels?.['istio.io/use-waypoint']}`);
  });

  it("linkerd asks for Linkerd's proxy in each pod, and for none of Istio's", () => {
    for (const { deployment } of workloadsOf(buildWith(['linkerd'])))
      expect(deployment.spec?.template.metadata).toMatchObject({
        annotations: { 'linkerd.io/inject': 'enabled' },
        labels: { 'sidecar.istio.io/inject': 'false' },
      });
  });

  it('telemetry traces all requests by the provider of istio.yaml, and changes one more setting of the proxies', () => {
    const [provider] = parse(textOf('cluster/istio.yaml')).spec.meshConfig.extensionProviders;
    const telemetry: unknown = buildWith(['telemetry']).find(({ kind }) => kind === 'Telemetry');
    expect(telemetry).toMatchObject({
      spec: { tracing: [{ providers: [{ name: provider.name }], randomSamplingPercentage: 100 }] },
    });
    const own = workloadsOf(buildWith(['telemetry'])).map(configOf);
    const base = workloadsOf(build('base')).map(configOf);
    const statistics = {
      proxyStatsMatcher: { inclusionRegexps: [expect.stringContaining('ejections_active')] },
    };
    expect(own).toEqual(base.map((config) => ({ ...config, ...statistics })));
  });

  it('autoscaling spreads the pods of each service', () => {
    for (const { pod } of workloadsOf(buildWith(['autoscaling'])))
      expect(pod.topologySpreadConstraints?.map(({ topologyKey }) => topologyKey)).toEqual([
        'kubernetes.io/hostname',
        'topology.kubernetes.io/zone',
      ]);
  });
});

function nameOf({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata?.name}`;
}

function byName(a: Manifest, b: Manifest): number {
  return nameOf(a) < nameOf(b) ? -1 : 1;
}

function configOf({ deployment }: Workload): object {
  return parse(deployment.spec?.template.metadata?.annotations?.['proxy.istio.io/config'] ?? '');
}

function labelsOf({ deployment }: Workload) {
  return deployment.spec?.template.metadata?.labels;
}

function includes(labels: Record<string, string> = {}, wanted: Record<string, string> = {}): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
