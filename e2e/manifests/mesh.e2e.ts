import { formatProblem, parseResources } from '@bookinfo/rules';
import { describe, expect, it } from 'vitest';
import { textOf, yamlFiles } from './deploy-files.ts';

/** The mesh refuses unknown fields, so this finds misspelt ones too, which a published schema accepts. */
describe('the mesh of `bookinfo up`', () => {
  it.each(['platform', 'networking', 'gateway-api'].flatMap(yamlFiles))(
    'understands every field of %s',
    (file) => {
      const { resources, problems } = parseResources([{ file, text: textOf(file) }]);
      expect(problems.map(formatProblem)).toEqual([]);
      expect(resources).not.toHaveLength(0);
    },
  );
});
