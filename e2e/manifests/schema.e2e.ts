import { describe, expect, it } from 'vitest';
import { CLUSTER_FOLDERS, manifestsOf, yamlFiles } from './deploy-files.ts';
import { validate } from './published-schemas.ts';

describe.each([...CLUSTER_FOLDERS, 'kustomize', 'cluster/addons'].flatMap(yamlFiles))('%s', (file) => {
  it.each(manifestsOf(file).map((manifest) => [manifest.kind, manifest.metadata?.name, manifest] as const))(
    'has a %s %s that its published schema accepts',
    (_kind, _name, manifest) => {
      expect(() => validate(manifest)).not.toThrow();
    },
  );
});
