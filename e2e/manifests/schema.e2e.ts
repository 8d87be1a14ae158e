import { DestinationRule, Gateway, VirtualService } from '@kubernetes-models/istio/networking.istio.io/v1';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Service, ServiceAccount } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { type Manifest, manifestsOf, yamlFiles } from './deploy-files.js';

/** Kubernetes' and Istio's published schemas. They check what is there, but let unknown fields pass. */
const models = [Service, ServiceAccount, Deployment, Gateway, VirtualService, DestinationRule];

describe.each([...yamlFiles('platform'), ...yamlFiles('networking')])('%s', (file) => {
  it.each(manifestsOf(file).map((manifest) => [manifest.kind, manifest.metadata?.name, manifest] as const))(
    'has a %s %s that its published schema accepts',
    (_kind, _name, manifest) => {
      expect(() => validate(manifest)).not.toThrow();
    },
  );
});

function validate(manifest: Manifest): void {
  const model = models.find(
    ({ apiVersion, kind }) => apiVersion === manifest.apiVersion && kind === manifest.kind,
  );
  if (!model) throw new Error(`no schema for ${manifest.apiVersion} ${manifest.kind}`);
  new model(manifest).validate();
}
