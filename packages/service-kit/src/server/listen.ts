import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { CommonSettings } from '../settings/common-settings.js';

/** Error codes of binding `::` when the kernel has no IPv6 or has it disabled. */
const NO_IPV6 = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL']);

/**
 * Listens on HOST; by default on IPv6 and IPv4, or on IPv4 alone when the kernel has no IPv6.
 *
 * @returns the URL, as `http://[::]:9080`
 * @throws {Error} the system's error, when the port is in use or not allowed
 */
export async function listen(app: NestFastifyApplication, { HOST, PORT }: CommonSettings): Promise<string> {
  const listenOn = (host: string) =>
    app.getHttpAdapter().getInstance().listen({ host, port: PORT, listenTextResolver });
  if (HOST !== undefined) return listenOn(HOST);
  try {
    return await listenOn('::');
  } catch (error) {
    if (!NO_IPV6.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return listenOn('0.0.0.0');
  }
}

/** Writes upstream's line, which users of Bookinfo look for in a pod's log. */
const listenTextResolver = (address: string) => `Server listening on: ${address}`;
