import type { z } from 'zod';
import { complain, list, object, unique } from '../../schema/containers.js';
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
  complain(
    context,
    `a parent of the kind ${what} is not supported yet (a Gateway, a Service of the group "", or a ServiceEntry)`,
  );
});

/** What a route is attached to: Gateways, or Services and ServiceEntries, whose clients then obey it. */
export const parentReferences = list(parentReference)
  .max(32, 'a list of at most 32')
  .superRefine(
    unique(
      'the same parent',
      ({ group: of, kind, namespace = '', name, sectionName: section = '', port = '' }) =>
        [of, kind, namespace, name, section, port].join(' '),
    ),
  );

/** What a route is attached to. */
export type ParentReference = z.infer<typeof parentReference>;

/** Whether it is a Gateway of this API. */
export function isGateway({ group: of, kind }: Pick<ParentReference, 'group' | 'kind'>): boolean {
  return of === GATEWAY_API_GROUP && kind === 'Gateway';
}

/** Whether it is a Service. */
export function isService({ group: of, kind }: Pick<ParentReference, 'group' | 'kind'>): boolean {
  return (of === '' || of === 'core') && kind === 'Service';
}

/** Whether it is a ServiceEntry, whose hosts are meant. */
export function isServiceEntry({ group: of, kind }: Pick<ParentReference, 'group' | 'kind'>): boolean {
  return of === ISTIO_GROUP && kind === 'ServiceEntry';
}
