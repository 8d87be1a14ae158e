import type { HeaderMutations } from '@bookinfo/routing';
import type { EnvoyMessage } from './protobuf-json.js';

/** Returns the header fields that Route and WeightedCluster.ClusterWeight have in common. */
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
    header: { key: name, value },
    append_action: append ? 'APPEND_IF_EXISTS_OR_ADD' : 'OVERWRITE_IF_EXISTS_OR_ADD',
  };
}
