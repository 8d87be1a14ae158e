import { forEachHeader } from './headers.js';

/** A host and a port; of anything else the whole is taken for the host, as Envoy does. */
const HOST_AND_PORT = /^([^:]+):([^:]+)$/;

/**
 * The headers of a request's copy, from those that the backend gets; a flat list (Envoy: FilterUtility and
 * AsyncStreamImpl::sendHeaders). `client` is added to those that the request came from.
 */
export function shadowHeaders(
  headers: readonly string[],
  shadowHostSuffix: boolean,
  client: string,
): string[] {
  const own: string[] = ['x-envoy-attempt-count', '1', 'x-envoy-internal', 'true'];
  let forwardedFor = client;
  forEachHeader(headers, (name, value) => {
    if (name === 'x-forwarded-for') forwardedFor = `${value},${client}`;
    else own.push(name, name === 'host' && shadowHostSuffix ? shadowHost(value) : value);
  });
  return [...own, 'x-forwarded-for', forwardedFor];
}

function shadowHost(authority: string): string {
  const [, host, port] = HOST_AND_PORT.exec(authority) ?? [];
  return host === undefined ? `${authority}-shadow` : `${host}-shadow:${port}`;
}
