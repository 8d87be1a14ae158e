/** A part of Envoy's configuration: a protobuf message in its JSON form. What is undefined is not set. */
export interface EnvoyMessage {
  readonly [field: string]: EnvoyValue | undefined;
}

export type EnvoyValue = string | number | boolean | readonly EnvoyValue[] | EnvoyMessage;

/** The message with its type beside it, as everything that can be of several types wants it (google.protobuf.Any). */
export function typed(type: string, message: EnvoyMessage = {}): EnvoyMessage {
  return { '@type': `type.googleapis.com/${type}`, ...message };
}

/** One of Envoy's extensions, such as a filter, and its configuration. */
export function extension(name: string, type: string, message?: EnvoyMessage): EnvoyMessage {
  return { name, typed_config: typed(type, message) };
}
