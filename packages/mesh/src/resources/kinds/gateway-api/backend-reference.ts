import type { z } from 'zod';
import { complain, object } from '../../schema/containers.js';
import { labelName, objectName } from '../../schema/names.js';
import { portNumber, wholeNumber } from '../../schema/value.js';
import { group, kindName } from './common.js';
import { isService } from './parent-reference.js';

const fields = {
  group: group.default(''),
  kind: kindName.default('Service'),
  namespace: labelName.optional(),
  name: objectName,
  port: portNumber.optional(),
};

/** Where requests go; one of a kind that is no Service is answered 500, as in a cluster. */
export const httpBackendReference = object({
  ...fields,
  weight: wholeNumber(0, 1_000_000).default(1),
}).superRefine(checkService);

/** Where requests go. */
export type BackendReference = Omit<z.infer<typeof httpBackendReference>, 'weight'>;

function checkService(backend: BackendReference, context: z.core.$RefinementCtx): void {
  if (!isService(backend)) return;
  if (backend.port === undefined) complain(context, 'a Service wants a port here');
  if (backend.name.includes('.'))
    complain(context, 'the name of the Service is wanted here, with its namespace beside it', ['name']);
}
