import type { Source } from '@bookinfo/rules';
import { stringify } from 'yaml';
import type { KubeObject } from './kube-object.js';

/**
 * Returns an object as the source that findings are located in: the lines are those of `kubectl get --output yaml`, which sorts
 * fields by name and leaves out the managed ones.
 */
export function sourceOf({ apiVersion, kind, metadata, ...rest }: KubeObject): Source {
  const { managedFields: _, ...shown } = metadata;
  const { namespace = '', name } = metadata;
  return {
    file: `${kind} ${namespace}/${name} in the cluster`,
    // By YAML 1.1, as kubectl reads it: so text such as "on" is in quotes.
    text: stringify(
      { apiVersion, kind, metadata: shown, ...rest },
      { version: '1.1', sortMapEntries: true, lineWidth: 0 },
    ),
  };
}
