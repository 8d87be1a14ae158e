import { Agent, type AgentOptions, request, type ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * An agent whose connections an HTTP proxy makes (CONNECT; RFC 9110, 9.3.6): what a client sends arrives as it is, and a
 * connection that is reset is reset for the client too.
 */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;

  constructor(proxyUrl: string, options: AgentOptions = {}) {
    super(options);
    this.#proxy = new URL(proxyUrl);
  }

  override createConnection(
    { host, port }: ClientRequestArgs,
    callback: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const { hostname, port: proxyPort } = this.#proxy;
    const authority = `${host}:${port}`;
    const fail = (error: Error): void => (callback as (error: Error) => void)(error);
    const refused = (status = 0): Error =>
      new Error(`no connection to ${authority}, which has no address or does not listen (${status})`);
    request({ hostname, port: proxyPort, method: 'CONNECT', path: authority, agent: false })
      .once('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) callback(null, socket);
        else fail(refused(statusCode));
      })
      .once('response', ({ statusCode }) => fail(refused(statusCode)))
      .once('error', fail)
      .end();
  }
}
