import type { z } from 'zod';
import { list, object, unique } from '../../schema/containers.js';
import { editableHeader, headerValueOfHTTPRoute, isEditableHeader } from '../../schema/header.js';
import { value } from '../../schema/value.js';

const requestHeader = value<string>(
  (input) => typeof input === 'string' && (isEditableHeader(input) || input.toLowerCase() === 'host'),
  'the name of a header that a rule can change',
);

const headers = (name: typeof editableHeader) =>
  list(object({ name, value: headerValueOfHTTPRoute }))
    .max(16, 'a list of at most 16')
    .superRefine(unique('header', (header) => header.name, ['name']))
    .default([]);

const modifier = (name: typeof editableHeader) =>
  object({
    set: headers(name),
    add: headers(name),
    remove: list(editableHeader)
      .max(16, 'a list of at most 16')
      .superRefine(unique('header', (header) => header))
      .default([]),
  });

/** Changes to the headers of requests; Istio converts a change of Host to a rewrite. */
export const requestHeaderModifier = modifier(requestHeader);
/** Changes to the headers of responses. */
export const responseHeaderModifier = modifier(editableHeader);

/** Changes to the headers of one message. */
export type HeaderModifier = z.infer<typeof responseHeaderModifier>;
