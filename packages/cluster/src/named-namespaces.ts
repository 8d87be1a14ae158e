import type { KubeObject } from './kube-object.js';

/** `gateways: [namespace/name]` of a VirtualService. */
const QUALIFIED = /^([a-z0-9-]+)\/[a-z0-9.-]+$/;
/** The namespace of a Service in its full name. */
const FULL_HOST = /^[a-z0-9-]+\.([a-z0-9-]+)\.svc\.cluster\.local$/;

/** Returns the namespaces whose gateways and Services the rules name, wherever they do so. */
export function namespacesNamedBy(objects: readonly KubeObject[]): Set<string> {
  const names = new Set<string>();
  const visit = (value: unknown, field: string): void => {
    if (Array.isArray(value)) for (const entry of value) visit(entry, field);
    else if (typeof value === 'object' && value !== null)
      for (const [name, entry] of Object.entries(value)) visit(entry, name);
    else if (typeof value === 'string') {
      const qualified = field === 'gateways' ? QUALIFIED.exec(value)?.[1] : FULL_HOST.exec(value)?.[1];
      const named = field === 'namespace' ? value : qualified;
      if (named !== undefined) names.add(named);
    }
  };
  for (const { spec } of objects) visit(spec, '');
  return names;
}
