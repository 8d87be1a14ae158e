import type { z } from 'zod';
import { addIssue, list, mapOf, object } from '../schema/containers.js';
import { editableHeader, headerValue, isEditableHeader } from '../schema/header.js';
import { authority } from '../schema/uri.js';

/** Returns true for a name of the Host header, whose change is a rewrite. */
export const isHost = (name: string): boolean => ['host', ':authority'].includes(name.toLowerCase());

const values = (isHostAllowed: boolean) =>
  mapOf(headerValue).superRefine((entries, context) => {
    for (const [name, value] of Object.entries(entries)) {
      if (isHostAllowed && isHost(name)) {
        if (!authority.safeParse(value).success)
          addIssue(context, `${JSON.stringify(value)} is not a host name like reviews:9080`, [name]);
      } else if (!isEditableHeader(name)) addIssue(context, 'no rule can change this header', [name]);
    }
  });

/** Headers to write into a message, without Host. */
export const headerValues = values(false);

const operations = (isHostAllowed: boolean) =>
  object({
    set: values(isHostAllowed).default({}),
    add: values(isHostAllowed).default({}),
    remove: list(editableHeader).default([]),
  });

/** Changes to the headers of requests and responses (istio/istio pkg/config/validation/virtualservice.go). */
export const headers = object({
  request: operations(true).optional(),
  response: operations(false).optional(),
});

/** Changes to the headers of requests and responses. */
export type Headers = z.infer<typeof headers>;
/** Changes to the headers of one message. */
export type HeaderOperations = z.infer<ReturnType<typeof operations>>;
