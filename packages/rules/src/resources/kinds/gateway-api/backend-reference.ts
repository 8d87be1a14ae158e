import type { z } from 'zod';
import { complain, object } from '../../schema/containers.js';
import { labelName, objectName } from '../../schema/names.js';
import { portNumber } from '../../schema/value.js';
import { group, ISTIO_GROUP, kindName } from './common.js';
import { isService } from './parent-reference.js';

/** What every reference to a backend has. */
export const backendFields = {
  group: group.default(''),
  kind: kindName.default('Service'),
  namespace: labelName.optional(),
  name: objectName,
  port: portNumber.optional(),
};

const fieldsAlone = object(backendFields);

/** Where requests go. */
export type BackendReference = z.infer<typeof fieldsAlone>;

/** Whether it is Istio's `Hostname`, for a host of a ServiceEntry. */
export function isHostname({ group: of, kind }: Pick<BackendReference, 'group' | 'kind'>): boolean {
  return of === ISTIO_GROUP && kind === 'Hostname';
}

/** For `superRefine`: a Service is meant by its name and wants a port, as does a host, which has no namespace. */
export function checkBackend(backend: BackendReference, context: z.core.$RefinementCtx): void {
  const { kind, namespace, name, port } = backend;
  if (!isService(backend) && !isHostname(backend)) return;
  if (port === undefined) complain(context, `a ${kind} wants a port here`);
  if (isHostname(backend) && namespace !== undefined)
    complain(context, 'a Hostname has no namespace', ['namespace']);
  if (isService(backend) && name.includes('.'))
    complain(context, 'the name of the Service is wanted here, with its namespace beside it', ['name']);
}
