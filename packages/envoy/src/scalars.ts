import type { EnvoyMessage } from './message.js';

/** google.protobuf.Duration. */
export function duration(ms: number): string {
  return `${ms / 1000}s`;
}

/** Exact to 0.0001 %, as Istio has it (pilot/pkg/networking/core/route/route.go, translatePercentToFractionalPercent). */
export function fractionalPercent(percentage: number): EnvoyMessage {
  return { numerator: Math.round(percentage * 10_000), denominator: 'MILLION' };
}

/** A text that stays as it is where Envoy would replace `%…%` (source/common/formatter). */
export function literal(text: string): string {
  return text.replaceAll('%', '%%');
}

/** Where something listens: an IP address and a port. */
export function socketAddress(address: string, port: number): EnvoyMessage {
  return { socket_address: { address, port_value: port } };
}
