import { describe, expect, it } from 'vitest';
import { CLUSTER_FOLDERS, manifestsOf, PART_OF, textOf, yamlFiles } from './deploy-files.ts';

describe.each(CLUSTER_FOLDERS.flatMap(yamlFiles))('%s', (file) => {
  it('is explained in deploy/README.md', () => {
    expect(textOf('README.md')).toContain(`](${file})`);
  });

  it('begins with what it does and how to try it', () => {
    expect(textOf(file)).toMatch(/^# \S[^]*?^# (?:Try: |Check: |    kubectl apply)/m);
  });

  it('labels each object as a part of Bookinfo, by which cleanup.sh finds it', () => {
    const unlabelled = manifestsOf(file).filter(
      ({ metadata }) => !Object.entries(PART_OF).every(([key, value]) => metadata?.labels?.[key] === value),
    );
    expect(unlabelled).toEqual([]);
  });
});

describe('a rule file', () => {
  const undone = ['policy', 'networking', 'gateway-api'].flatMap(yamlFiles).filter(hasCheck);

  it.each(undone)('%s that says how to check it also says how to undo it', (file) => {
    expect(textOf(file)).toMatch(/^# Undo: /m);
  });

  it.each(undone)('%s names itself in its commands, not another file', (file) => {
    const name = file.split('/').at(-1);
    expect(textOf(file).match(/^# Undo: .*$/m)?.[0]).toContain(name);
  });
});

function hasCheck(file: string): boolean {
  return /^# Check: /m.test(textOf(file));
}
