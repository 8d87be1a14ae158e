import type { z } from 'zod';
import { complain, object } from '../../schema/containers.js';
import { labelName, objectName } from '../../schema/names.js';
import { portNumber } from '../../schema/value.js';
import { group, kindName } from './common.js';
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

/** For `superRefine`: a Service is meant by its name and wants a port. */
export function checkBackend(backend: BackendReference, context: z.core.$RefinementCtx): void {
  if (!isService(backend)) return;
  if (backend.port === undefined) complain(context, 'a Service wants a port here');
  if (backend.name.includes('.'))
    complain(context, 'the name of the Service is wanted here, with its namespace beside it', ['name']);
}
