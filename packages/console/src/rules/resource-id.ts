import type { RuleResource } from '../api/types.ts';

/** Returns `VirtualService/default/reviews`, as messages of the mesh name a resource. */
export function resourceId({ kind, namespace, name }: RuleResource): string {
  return `${kind}/${namespace}/${name}`;
}

/** Returns the requests of a resource: those of all of its lines. */
export function hitsOf({ lines }: RuleResource): number {
  return lines.reduce((sum, { hits }) => sum + hits, 0);
}

/** Returns the file that a changed resource is sent as. */
export function sourceFile(resource: RuleResource | undefined): string {
  return resource?.file ?? (resource ? `${resource.name}.yaml` : 'new.yaml');
}
