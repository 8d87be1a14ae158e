import type { z } from 'zod';
import { addIssue, object } from '../../schema/containers.js';
import { labelName, objectName } from '../../schema/names.js';
import { portNumber } from '../../schema/value.js';
import { group, ISTIO_GROUP, kindName } from './common.js';
import { isService } from './parent-reference.js';

/** The fields of every reference to a backend. */
export const backendFields = {
  group: group.default(''),
  kind: kindName.default('Service'),
  namespace: labelName.optional(),
  name: objectName,
  port: portNumber.optional(),
};

const fieldsAlone = object(backendFields);

/** A reference to a backend. */
export type BackendReference = z.infer<typeof fieldsAlone>;

/** Returns true for Istio's `Hostname`, the host of a ServiceEntry. */
export function isHostname({ group: of, kind }: Pick<BackendReference, 'group' | 'kind'>): boolean {
  return of === ISTIO_GROUP && kind === 'Hostname';
}

/** Checks a reference, for `superRefine`: a Service or a Hostname needs a port, and a Hostname has no namespace. */
export function checkBackend(backend: BackendReference, context: z.core.$RefinementCtx): void {
  const { kind, namespace, name, port } = backend;
  if (!isService(backend) && !isHostname(backend)) return;
  if (port === undefined) addIssue(context, `a ${kind} needs a port`);
  if (isHostname(backend) && namespace !== undefined)
    addIssue(context, 'a Hostname has no namespace', ['namespace']);
  if (isService(backend) && name.includes('.'))
    addIssue(context, 'write the name of the Service alone, and its namespace in namespace', ['name']);
}
