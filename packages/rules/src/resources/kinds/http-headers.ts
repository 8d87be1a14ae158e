import type { z } from 'zod';
import { complain, list, mapOf, object } from '../schema/containers.js';
import { editableHeader, headerValue, isEditableHeader } from '../schema/header.js';
import { authority } from '../schema/uri.js';

/** Whether the name stands for the Host header, whose change is a rewrite. */
export const isHost = (name: string): boolean => ['host', ':authority'].includes(name.toLowerCase());

const values = (isHostAllowed: boolean) =>
  mapOf(headerValue).superRefine((entries, context) => {
    for (const [name, value] of Object.entries(entries)) {
      if (isHostAllowed && isHost(name)) {
        if (!authority.safeParse(value).success)
          complain(context, `${JSON.stringify(value)} is no host name like reviews:9080`, [name]);
      } else if (!isEditableHeader(name)) complain(context, 'no rule can change this header', [name]);
    }
  });

/** Headers to write into a message, none of which is its Host. */
export const headerValues = values(false);

const operations = (isHostAllowed: boolean) =>
  object({
    set: values(isHostAllowed).default({}),
    add: values(isHostAllowed).default({}),
    remove: list(editableHeader).default([]),
  });

/** Changes to the headers of requests and answers (istio/istio pkg/config/validation/virtualservice.go). */
export const headers = object({
  request: operations(true).optional(),
  response: operations(false).optional(),
});

/** Changes to the headers of requests and answers. */
export type Headers = z.infer<typeof headers>;
/** Changes to one message. */
export type HeaderOperations = z.infer<ReturnType<typeof operations>>;
