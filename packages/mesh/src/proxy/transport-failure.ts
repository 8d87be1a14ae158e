import { getSystemErrorMessage } from 'node:util';
import type { UpstreamReset } from '../upstream/upstream-reset.js';

/** Why a connection could not be made, in Envoy's words: `delayed_connect_error:_Connection_refused`. */
export function transportFailureReason({ reason, cause }: UpstreamReset): string | undefined {
  if (reason !== 'remote connection failure' || !(cause instanceof Error)) return undefined;
  const { errno } = cause as NodeJS.ErrnoException;
  if (errno === undefined) return undefined;
  const message = getSystemErrorMessage(errno);
  return `delayed_connect_error:_${message.charAt(0).toUpperCase()}${message.slice(1).replaceAll(' ', '_')}`;
}
