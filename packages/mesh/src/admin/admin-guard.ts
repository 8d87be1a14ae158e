import type { IncomingMessage } from 'node:http';

/** The names that this machine has for itself. Any other may be a web page's, pointed here by its own DNS server. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Why a request is not a local tool's, or undefined. The endpoint can start programs, so no web page may reach it:
 * neither one that had its name resolved to 127.0.0.1 (it shows in Host) nor one that posts across origins (Origin).
 */
export function whyForbidden({ headers }: IncomingMessage): string | undefined {
  const { host = '', origin } = headers;
  if (!LOCAL_HOSTS.includes(host.replace(/:\d+$/, '').toLowerCase()))
    return `Host must be one of ${LOCAL_HOSTS.join(', ')}`;
  if (origin !== undefined && origin !== `http://${host}`) return 'requests of web pages are not taken';
  return undefined;
}
