import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import { formatPath, type FieldPath } from './field-path.js';
import { replacedKeys } from './merge-keys.js';
import type { Origin } from '@bookinfo/text';
import type { Problem } from './problem.js';

/** The position of each field of one YAML document, by `formatPath`. */
export type FieldPositions = ReadonlyMap<string, Origin>;

/**
 * Returns the positions of all fields of a document. The position of a field is that of its key, the position of a list entry
 * is its beginning. Fields behind an alias or a merge key have none; `locate` returns that of the alias or of the object.
 *
 * Adds to `problems` the keys that the plain value loses: a repeated key, of which the last would win silently (the parser's
 * own check compares every key with every other, which takes minutes on a large file), a key that a merge replaces, and
 * `__proto__`.
 */
export function fieldPositions(
  document: Document.Parsed,
  file: string,
  lines: LineCounter,
  problems: Problem[],
): FieldPositions {
  const positions = new Map<string, Origin>();
  const originOfNode = (node: Node): Origin => {
    const { line, col } = lines.linePos(node.range?.[0] ?? 0);
    return { file, line, column: col };
  };
  const visit = (node: unknown, path: FieldPath): void => {
    if (isMap<Node, Node>(node)) {
      for (const { key, value } of node.items) {
        if (!isScalar(key)) continue;
        const field = [...path, String(key.value)];
        const name = formatPath(field);
        const origin = originOfNode(key);
        const first = positions.get(name);
        if (first) {
          problems.push({ ...origin, message: `${name} is repeated (first in line ${first.line})` });
        } else {
          positions.set(name, origin);
        }
        // zod drops this key, and a match without one of its headers would match more.
        if (key.value === '__proto__')
          problems.push({ ...origin, message: `${name}: a field cannot have this name` });
        visit(value, field);
      }
      for (const key of replacedKeys(node, document)) {
        const message = `${formatPath([...path, String(key.value)])} is replaced by a later "<<" (write "<<" before it)`;
        problems.push({ ...originOfNode(key), message });
      }
    } else if (isSeq<Node>(node)) {
      for (const [index, item] of node.items.entries()) {
        const entry = [...path, index];
        positions.set(formatPath(entry), originOfNode(item));
        visit(item, entry);
      }
    }
  };
  visit(document.contents, []);
  return positions;
}

/** Returns the position of the field, or of the nearest written one around it. */
export function locate(positions: FieldPositions, path: FieldPath): Origin | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const origin = positions.get(formatPath(path.slice(0, length)));
    if (origin) return origin;
  }
  return undefined;
}
