import { LineCounter, parseDocument, stringify } from 'yaml';
import type { Origin } from '@bookinfo/text';
import { formatPath } from './field-path.js';
import { fieldPositions } from './field-positions.js';
import type { Resource } from './resource.js';

export interface ResourceYaml {
  yaml: string;
  /** Returns the line of `yaml`, from 1, of the field at a position of the resource's file; 1 for a position outside of it. */
  lineOf: (origin: Origin) => number;
}

/** Returns the manifest of a resource as YAML in block style, whatever style its file has. */
export function resourceYaml(
  { source }: Pick<Resource, 'source'>,
  manifest: Readonly<Record<string, unknown>>,
): ResourceYaml {
  const yaml = stringify(manifest, { aliasDuplicateObjects: false, lineWidth: 120 });
  const lineOf = ({ line, column }: Origin): number => {
    const lines = new LineCounter();
    const positions = fieldPositions(parseDocument(yaml, { lineCounter: lines }), '', lines, []);
    const prefix = formatPath(source.path);
    for (const [path, origin] of source.positions) {
      if (origin.line !== line || origin.column !== column || !path.startsWith(prefix)) continue;
      const found = positions.get(prefix === '' ? path : path.slice(prefix.length + 1));
      if (found) return found.line;
    }
    return 1;
  };
  return { yaml, lineOf };
}
