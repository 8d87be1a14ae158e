import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { CommonSettings } from '../settings/common-settings.js';

/** What binding `::` answers where the kernel has no IPv6, or has it switched off. */
const NO_IPV6 = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL']);

/**
 * Listens on HOST, or on IPv6 and IPv4 both, or where there is no IPv6 on IPv4 alone.
 *
 * @returns the URL, as `http://[::]:9080`
 * @throws the system's error where the port is taken or not allowed
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

/** Upstream's wording, which people look for in a pod's log. */
const listenTextResolver = (address: string) => `Server listening on: ${address}`;
