import { isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import { plainScalar } from './plain-scalar.js';

/** A scalar that YAML 1.1 and YAML 1.2 read differently; `at` is the offset of its field in the file. */
export interface Difference {
  at: number;
  message: string;
}

/**
 * Gives the scalars of a document, which was parsed as YAML 1.2, the values that kubectl reads, and returns those that change.
 * Keys are strings for both.
 */
export function readAsKubectl(root: Node | null): Difference[] {
  const differences: Difference[] = [];
  const read = (scalar: Scalar, at: number, what: string, asRead: (value: unknown) => unknown): void => {
    if (scalar.type !== 'PLAIN' || scalar.tag !== undefined || scalar.source === undefined) return;
    const { source, value: newer } = scalar;
    const value = asRead(plainScalar(source));
    if (Object.is(value, newer)) return;
    scalar.value = value;
    const message = `${what}${source} is ${JSON.stringify(value)} in YAML 1.1, which kubectl reads, and ${JSON.stringify(newer)} in YAML 1.2 (put text in quotes)`;
    differences.push({ at, message });
  };
  const visit = (node: unknown, at: number): void => {
    if (isMap<Node, Node>(node)) {
      for (const { key, value } of node.items) {
        const start = startOf(key);
        if (isScalar(key)) read(key, start, 'the key ', String);
        visit(value, start);
      }
    } else if (isSeq<Node>(node)) {
      for (const item of node.items) visit(item, startOf(item));
    } else if (isScalar(node)) read(node, at, '', (value) => value);
  };
  visit(root, startOf(root));
  return differences;
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
