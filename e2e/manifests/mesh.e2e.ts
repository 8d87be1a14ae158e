import { formatProblem, parseResources } from '@bookinfo/rules';
import { describe, expect, it } from 'vitest';
import { CLUSTER_FOLDERS, textOf, yamlFiles } from './deploy-files.ts';

/** The mesh refuses unknown fields, so this finds misspelt ones too, which a published schema accepts. */
describe('the mesh of `bookinfo up`', () => {
  it.each(CLUSTER_FOLDERS.flatMap(yamlFiles))('understands every field of %s', (file) => {
    const { resources, notices, problems } = parseResources([{ file, text: textOf(file) }]);
    expect(problems.map(formatProblem)).toEqual([]);
    // What a route does not depend on is passed over, with a notice.
    expect([...resources, ...notices]).not.toHaveLength(0);
  });
});
