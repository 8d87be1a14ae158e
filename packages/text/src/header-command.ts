/** The properties of a request that a command without arguments stands for. */
export const COMMAND_PROPERTIES = [
  'DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT',
  'DOWNSTREAM_DIRECT_REMOTE_ADDRESS',
  'DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT',
  'DOWNSTREAM_REMOTE_ADDRESS',
  'PROTOCOL',
] as const;

const NAME = String.raw`:?[-!#$&'*+.^_\`|~\w]+`;

/**
 * The commands of a header value that are implemented, as the source of a regular expression: `%REQ(name?other):length%` with
 * the groups `name`, `other` and `length`, and the group `property` for the others (Envoy: configuration/observability/
 * access_log/usage, "command operators").
 */
export const HEADER_COMMAND = String.raw`%(?:REQ\((?<name>${NAME})(?:\?(?<other>${NAME}))?\)(?::(?<length>\d+))?|(?<property>${COMMAND_PROPERTIES.join('|')}))%`;
