import type { IncomingMessage } from 'node:http';

/** The names of the loopback interface. Any other may be a web page's host that its DNS server resolves to 127.0.0.1. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Returns why a request may come from a web page, or undefined. The endpoint starts programs, so no web page may use it:
 * neither by DNS rebinding (visible in Host) nor by a cross-origin request (visible in Origin).
 */
export function forbiddenReason({ headers }: IncomingMessage): string | undefined {
  const { host = '', origin } = headers;
  if (!LOCAL_HOSTS.includes(host.replace(/:\d+$/, '').toLowerCase()))
    return `Host must be one of ${LOCAL_HOSTS.join(', ')}`;
  if (origin !== undefined && origin !== `http://${host}`) return 'requests of web pages are refused';
  return undefined;
}
