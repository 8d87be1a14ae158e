import { getSystemErrorMessage } from 'node:util';
import { TlsFailure, type UpstreamReset } from '../retries/upstream-reset.js';

/** Returns Envoy's text for a failed connection, such as `delayed_connect_error:_Connection_refused`. */
export function transportFailureReason(reset: UpstreamReset): string | undefined {
  const { reason, cause } = reset;
  if (reason !== 'remote connection failure' || !(cause instanceof Error)) return undefined;
  if (reset instanceof TlsFailure) return `TLS_error:_${cause.message.replaceAll(' ', '_')}`;
  const { errno } = cause as NodeJS.ErrnoException;
  if (errno === undefined) return undefined;
  const message = getSystemErrorMessage(errno);
  return `delayed_connect_error:_${message.charAt(0).toUpperCase()}${message.slice(1).replaceAll(' ', '_')}`;
}
