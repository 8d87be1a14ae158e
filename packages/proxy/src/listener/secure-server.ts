import { createServer, type Server, type ServerOptions } from 'node:https';
import type { RequestListener } from 'node:http';
import { createSecureContext, type SecureContext } from 'node:tls';
import { HostIndex, type TlsServer } from '@bookinfo/routing';
import { TLS_LIMITS } from './server-limits.js';

/** A server of HTTPS with its certificate, if it has one. */
interface Entry {
  domains: readonly string[];
  context: SecureContext | undefined;
}

/**
 * Node's server of HTTPS with several certificates, by the name that a client asks for in its handshake (SNI). A client without
 * a name has that of `*`. As by Envoy, the connection is closed when no server has the name, and when the one that has it
 * lacks a certificate.
 */
export class SecureServer {
  readonly server: Server;
  #index = new HostIndex<Entry>([]);

  constructor(options: ServerOptions, onRequest: RequestListener, tls: readonly TlsServer[]) {
    this.server = createServer(
      {
        ...options,
        ...TLS_LIMITS,
        ALPNProtocols: ['http/1.1'],
        SNICallback: (name, callback) => {
          const context = this.#index.find(name)?.context;
          if (context) callback(null, context);
          else callback(new Error(`no server of HTTPS has the name ${name}`));
        },
      },
      onRequest,
    );
    this.setTls(tls);
  }

  /** Replaces the servers for every connection from now on. */
  setTls(tls: readonly TlsServer[]): void {
    this.#index = new HostIndex(
      tls.map(({ serverNames, certificate }) => ({
        domains: serverNames,
        context: certificate && createSecureContext(certificate),
      })),
    );
    // Without a name Node does not call back; without a certificate here it refuses the handshake.
    const unnamed = tls.find(({ serverNames }) => serverNames.includes('*'));
    this.server.setSecureContext(unnamed?.certificate ?? {});
  }
}
