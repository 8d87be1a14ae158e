import { formatProblem, parseResources } from '@bookinfo/rules';
import { describe, expect, it } from 'vitest';
import { textOf, yamlFiles } from './deploy-files.js';

/** The mesh refuses every field that it doesn't know, so this also finds the misspelt ones that a schema lets pass. */
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
