import type { z } from 'zod';
import { addIssue, list, object, unique } from '../../schema/containers.js';
import { labelName, objectName } from '../../schema/names.js';
import { portNumber } from '../../schema/value.js';
import { GATEWAY_API_GROUP, group, ISTIO_GROUP, kindName, sectionName } from './common.js';

const parentReference = object({
  group: group.default(GATEWAY_API_GROUP),
  kind: kindName.default('Gateway'),
  namespace: labelName.optional(),
  name: objectName,
  sectionName: sectionName.optional(),
  port: portNumber.optional(),
}).superRefine((parent, context) => {
  if (isGateway(parent) || isService(parent) || isServiceEntry(parent)) return;
  const what = `${parent.group === '' ? '' : `${parent.group} `}${parent.kind}`;
  addIssue(
    context,
    `a parent of the kind ${what} is not supported (a Gateway, a Service of the group "", or a ServiceEntry)`,
  );
});

/** The parents of a route: Gateways, or Services and ServiceEntries, whose clients it applies to. */
export const parentReferences = list(parentReference)
  .max(32, 'a list of at most 32')
  .superRefine(
    unique('the parent', ({ group: of, kind, namespace = '', name, sectionName: section = '', port = '' }) =>
      [of, kind, namespace, name, section, port].join(' '),
    ),
  );

/** A parent of a route. */
export type ParentReference = z.infer<typeof parentReference>;

/** Returns true for a Gateway of the Gateway API. */
export function isGateway({ group: of, kind }: Pick<ParentReference, 'group' | 'kind'>): boolean {
  return of === GATEWAY_API_GROUP && kind === 'Gateway';
}

/** Returns true for a Service. */
export function isService({ group: of, kind }: Pick<ParentReference, 'group' | 'kind'>): boolean {
  return (of === '' || of === 'core') && kind === 'Service';
}

/** Returns true for a ServiceEntry, which means its hosts. */
export function isServiceEntry({ group: of, kind }: Pick<ParentReference, 'group' | 'kind'>): boolean {
  return of === ISTIO_GROUP && kind === 'ServiceEntry';
}
