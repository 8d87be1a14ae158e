import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';

/**
 * Returns the keys of a map that a later merge key (`<<`) replaces: for kubectl its value counts, for other parsers that of the
 * key (kubernetes-sigs/yaml goyaml.v2/decode.go, mapping).
 */
export function replacedKeys(map: YAMLMap<Node, Node>, document: Document.Parsed): Scalar[] {
  const last = map.items.findLastIndex(
    ({ key }) => isScalar(key) && key.type === 'PLAIN' && key.value === '<<',
  );
  if (last < 1) return [];
  const merge: unknown = map.items[last]?.value;
  const sources = (isSeq(merge) ? merge.items : [merge]).map((source) =>
    isAlias(source) ? source.resolve(document) : source,
  );
  const merged = new Set(sources.filter(isMap).flatMap(({ items }) => items.map(({ key }) => nameOf(key))));
  return map.items
    .slice(0, last)
    .map(({ key }) => key)
    .filter((key) => isScalar(key))
    .filter((key) => merged.has(nameOf(key)));
}

function nameOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}
