import { Document, isMap } from 'yaml';
import { formatProblem } from '../resources/problem.js';
import { resourceKey } from '../resources/resource.js';
import type { Converted, ConvertedResource } from './converted.js';

const DEFAULT_RULE = 'no RouteRule: the default of Istio 0.2 for all other requests';

/** RouteRules of one host lived side by side; VirtualServices of one name replace each other. */
const TOGETHER =
  '# Convert all rules that are to hold together in one call: the VirtualService of another call replaces this one.\n';

/** Returns the resources in YAML, with the warnings and the RouteRule of each http rule as comments. */
export function conversionText({ resources, warnings, differences }: Converted): string {
  const hasDefault = resources.some(({ rules }) => rules.includes(undefined));
  const head = [...warnings, ...differences].map((warning) => `# ${formatProblem(warning)}\n`).join('');
  return (hasDefault ? TOGETHER : '') + head + resources.map(documentText).join('---\n');
}

function documentText({ manifest, rules }: ConvertedResource): string {
  const { name, namespace } = manifest.metadata;
  const document = new Document(
    { ...manifest, metadata: namespace === 'default' ? { name } : { name, namespace } },
    { aliasDuplicateObjects: false },
  );
  for (const [index, rule] of rules.entries()) {
    const node = document.getIn(['spec', 'http', index]);
    if (!isMap(node)) continue;
    const { file, line } = rule?.source.start ?? {};
    node.commentBefore = rule ? ` ${resourceKey(rule)} (${file}:${line})` : ` ${DEFAULT_RULE}`;
  }
  return document.toString({ lineWidth: 0 });
}
