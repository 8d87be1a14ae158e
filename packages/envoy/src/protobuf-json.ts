import type { StringMatch } from '@bookinfo/routing';

/** A protobuf message of Envoy's API in its JSON form. A field that is undefined is not set. */
export interface EnvoyMessage {
  readonly [field: string]: EnvoyValue | undefined;
}

export type EnvoyValue = string | number | boolean | readonly EnvoyValue[] | EnvoyMessage;

/** google.protobuf.Any: the message with its type in the field `@type`. */
export function typed(type: string, message: EnvoyMessage = {}): EnvoyMessage {
  return { '@type': `type.googleapis.com/${type}`, ...message };
}

/** envoy.config.core.v3.TypedExtensionConfig: one of Envoy's extensions, such as a filter, and its configuration. */
export function extension(name: string, type: string, message?: EnvoyMessage): EnvoyMessage {
  return { name, typed_config: typed(type, message) };
}

/** google.protobuf.Duration. */
export function duration(ms: number): string {
  return `${ms / 1000}s`;
}

/**
 * envoy.type.v3.FractionalPercent, exact to 0.0001 % as in Istio (pilot/pkg/networking/core/route/route.go,
 * translatePercentToFractionalPercent).
 */
export function fractionalPercent(percentage: number): EnvoyMessage {
  return { numerator: Math.round(percentage * 10_000), denominator: 'MILLION' };
}

/** envoy.type.matcher.v3.StringMatcher. */
export function stringMatcher({ kind, value }: StringMatch): EnvoyMessage {
  return kind === 'regex' ? { safe_regex: { regex: value } } : { [kind]: value };
}

/** envoy.config.core.v3.Address of an IP address and a port. */
export function socketAddress(address: string, port: number): EnvoyMessage {
  return { socket_address: { address, port_value: port } };
}

/** envoy.config.core.v3.ConfigSource: a file that Envoy reads again whenever it is replaced. */
export function configSource(path: string): EnvoyMessage {
  return { path_config_source: { path }, resource_api_version: 'V3' };
}

/** Escapes a text in which Envoy would replace commands such as `%REQ(host)%` (source/common/formatter). */
export function escapeCommands(text: string): string {
  return text.replaceAll('%', '%%');
}
