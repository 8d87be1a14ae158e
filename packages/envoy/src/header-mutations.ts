import type { HeaderMutations } from '@bookinfo/routing';
import type { EnvoyMessage } from './message.js';
import { literal } from './scalars.js';

/** The fields that a route and a weighted cluster have in common. */
export function headerMutations({
  requestHeaders,
  responseHeaders,
}: {
  requestHeaders?: HeaderMutations;
  responseHeaders?: HeaderMutations;
}): EnvoyMessage {
  return {
    request_headers_to_remove: requestHeaders?.remove,
    request_headers_to_add: requestHeaders?.add.map(headerValueOption),
    response_headers_to_remove: responseHeaders?.remove,
    response_headers_to_add: responseHeaders?.add.map(headerValueOption),
  };
}

function headerValueOption({ name, value, append }: HeaderMutations['add'][number]): EnvoyMessage {
  return {
    header: { key: name, value: literal(value) },
    append_action: append ? 'APPEND_IF_EXISTS_OR_ADD' : 'OVERWRITE_IF_EXISTS_OR_ADD',
  };
}
