import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { HeaderList, ProxyRole, RequestProperties, RouteRequest } from '@bookinfo/routing';
import type { COMMAND_PROPERTIES } from '@bookinfo/text';

/** A request as the commands of header values see it: as the client sent it, or as it is forwarded. */
export class ProxiedRequest implements RequestProperties {
  headers: HeaderList;
  path: string;
  readonly #received: HeaderList;
  readonly #request: IncomingMessage;
  readonly #routeRequest: RouteRequest;
  readonly #role: ProxyRole;

  constructor(request: IncomingMessage, received: HeaderList, routeRequest: RouteRequest, role: ProxyRole) {
    this.headers = received;
    this.path = routeRequest.path;
    this.#received = received;
    this.#request = request;
    this.#routeRequest = routeRequest;
    this.#role = role;
  }

  header(name: string): string | undefined {
    const { method, authority, scheme } = this.#routeRequest;
    switch (name) {
      case ':method':
        return method;
      case ':authority':
        return authority;
      case ':scheme':
        return scheme;
      case ':path':
        return this.path;
      default:
        return this.headers.get(name);
    }
  }

  property(name: (typeof COMMAND_PROPERTIES)[number]): string {
    if (name === 'PROTOCOL') return `HTTP/${this.#request.httpVersion}`;
    const { address, port } = name.includes('DIRECT') ? this.#peer : this.#client;
    return name.endsWith('WITHOUT_PORT') ? address : `${address}:${port}`;
  }

  get #peer(): { address: string; port: number } {
    const { remoteAddress = '', remotePort = 0 } = this.#request.socket;
    return { address: remoteAddress, port: remotePort };
  }

  /** A sidecar believes the last address of x-forwarded-for, a gateway does not (Envoy: use_remote_address). */
  get #client(): { address: string; port: number } {
    const forwarded = this.#role === 'sidecar' ? this.#received.get('x-forwarded-for') : undefined;
    const last = forwarded?.split(',').at(-1)?.trim() ?? '';
    return isIP(last) === 0 ? this.#peer : { address: last, port: 0 };
  }
}
