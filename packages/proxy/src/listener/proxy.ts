import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { systemClock, type Clock, type Random, listen, LOOPBACK } from '@bookinfo/effects';
import {
  CONNECT_NOT_IMPLEMENTED,
  DEFAULT_PORTS,
  HeaderList,
  LOOP_DETECTED,
  Matcher,
  type Cluster,
  type ProxyRole,
  type RouteTable,
  type TlsServer,
} from '@bookinfo/routing';
import type { OnMirrored } from '../access-log/mirrored-request.js';
import { recordAccess, recordRefusal, type OnAccess } from '../access-log/record-access.js';
import type { ClusterState } from '../cluster-state.js';
import { ConnectionPool } from '../connection-pool/connection-pool.js';
import type { Downstream } from '../exchange.js';
import { MAX_HEADER_BYTES } from '../http1/header-line.js';
import { LoadBalancer } from '../load-balancing/load-balancer.js';
import { OutlierDetector } from '../load-balancing/outlier-detector.js';
import { sendLocalReply, writeLocalReply } from '../local-reply/send-local-reply.js';
import type { ProxyContext } from '../proxy-context.js';
import { MirrorBudget } from '../router/mirror-budget.js';
import { StreamInfo } from '../stream-info.js';
import type { Tracing } from '../tracing.js';
import { ClientConnection } from './client-connection.js';
import { discardRest } from './discard-rest.js';
import { handleRequest } from './handle-request.js';
import { isSilent, parseErrorReply } from './malformed-request.js';
import { OwnConnections } from './own-connections.js';
import { SecureServer } from './secure-server.js';
import { SERVER_LIMITS } from './server-limits.js';
import { isUpgrade, lastResponse } from './upgrade.js';

export interface ProxyOptions {
  /** A gateway adds the client's address and protocol to requests (x-forwarded-for, x-forwarded-proto). */
  role: ProxyRole;
  table: RouteTable;
  /** The only port of the table that is served. Default: 80 for a gateway, and all ports for a sidecar. */
  listenerPort?: number;
  /** The servers of a listener of HTTPS. Default: the listener is one of HTTP. */
  tls?: readonly TlsServer[];
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Default Math.random. */
  random?: Random;
  /** Default the machine's. */
  clock?: Clock;
  /** Called once for each request that has ended, refused ones included. Default: requests are not recorded. */
  onAccess?: OnAccess;
  /** Called once for each copy of a request for a mirror. */
  onMirrored?: OnMirrored;
  /** Default: no spans; a gateway begins a trace for the services where there is none, and sidecars pass it on. */
  tracing?: Tracing;
}

/**
 * One listener of the embedded data plane: a sidecar's outbound side or one port of a gateway. The listener that a request
 * arrives on identifies the client, so each listener has its own table.
 */
export class Proxy {
  readonly #server: Server;
  readonly #secureServer: SecureServer | undefined;
  readonly #context: ProxyContext;
  readonly #onAccess: OnAccess | undefined;
  readonly #connections = new WeakMap<Socket, ClientConnection>();
  readonly #ownConnections = new OwnConnections();
  /** Connections that Node's server has handed over and no longer tracks. */
  readonly #upgraded = new Set<Socket>();
  readonly #otherServers = new Set<TcpServer>();
  #matcher: Matcher;
  #isClosing = false;

  /**
   * Starts a proxy; resolves when it listens.
   *
   * @throws {Error} Node's, with `code` EADDRINUSE or EACCES, when it cannot listen.
   */
  static async start(options: ProxyOptions): Promise<Proxy> {
    const proxy = new Proxy(options);
    await listen(proxy.#server, options.port ?? 0, options.host ?? LOOPBACK);
    return proxy;
  }

  private constructor({
    role,
    table,
    listenerPort = role === 'gateway' ? DEFAULT_PORTS.http : undefined,
    tls,
    random = Math.random,
    clock = systemClock,
    onAccess,
    onMirrored,
    tracing,
  }: ProxyOptions) {
    this.#matcher = new Matcher(table);
    this.#onAccess = onAccess;
    this.#context = {
      role,
      listenerPort,
      random,
      clock,
      ...(onMirrored && { onMirrored }),
      ...(tracing && { tracing }),
      currentCluster: (cluster) => this.#currentCluster(cluster),
      loadBalancer: new LoadBalancer(random, clock),
      outlierDetector: new OutlierDetector(clock),
      mirrorBudget: new MirrorBudget(),
      connections: new ConnectionPool(clock, (socket) => this.#ownConnections.add(socket)),
    };
    this.#context.loadBalancer.update(table);
    const onRequest = (request: IncomingMessage, response: ServerResponse): void =>
      this.#connectionOf(request.socket).serve(request, () => this.#begin(request, response));
    const options = {
      maxHeaderSize: MAX_HEADER_BYTES,
      requireHostHeader: false,
      shouldUpgradeCallback: isUpgrade,
      ...SERVER_LIMITS,
    };
    this.#secureServer = tls && new SecureServer(options, onRequest, tls);
    this.#server = this.#secureServer?.server ?? createServer(options, onRequest);
    this.#server
      .on(tls ? 'secureConnection' : 'connection', (socket: Socket) =>
        this.#connections.set(socket, new ClientConnection(socket, clock)),
      )
      .on('checkContinue', onRequest)
      .on('checkExpectation', onRequest)
      .on('connect', (request) => this.#onConnect(request))
      .on('upgrade', (request, _, firstBytes) => this.#onUpgrade(request, firstBytes))
      .on('clientError', (error, socket) => this.#onClientError(error, socket as Socket));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The base URL for clients, such as `http://127.0.0.1:41234`. */
  get url(): string {
    return `${this.#secureServer ? 'https' : 'http'}://${LOOPBACK}:${this.port}`;
  }

  /** The addresses of the endpoints that are ejected now, as `endpointKey` writes them. */
  get ejected(): string[] {
    return this.#context.outlierDetector.ejected(this.#matcher.table);
  }

  /** What is under way at each cluster of the table. */
  get clusters(): ClusterState[] {
    const { connections, outlierDetector } = this.#context;
    return Array.from(this.#matcher.table.clusters.values(), (cluster) => {
      const resources = connections.resourcesOf(cluster);
      return {
        cluster: cluster.name,
        endpoints: cluster.endpoints.length,
        ejected: outlierDetector.countEjected(cluster),
        connections: resources.countOf('connections'),
        requests: resources.countOf('requests'),
        pendingRequests: resources.countOf('pendingRequests'),
      };
    });
  }

  /** Replaces the servers of a listener of HTTPS for every connection from now on. */
  setTls(servers: readonly TlsServer[]): void {
    this.#secureServer?.setTls(servers);
  }

  /**
   * Accepts connections on another port too, as clients of the same proxy.
   *
   * @throws {Error} Node's, with `code` EADDRINUSE or EACCES, when it cannot listen.
   */
  async listenAlso(port: number, host: string): Promise<void> {
    // Node's limits and the end of idle connections follow from the server that a connection is handed to.
    const server = createTcpServer((socket) => this.#server.emit('connection', socket));
    await listen(server, port, host);
    this.#otherServers.add(server);
  }

  /** Replaces the table for every request that arrives from now on; earlier ones keep their routes. */
  setTable(table: RouteTable): void {
    this.#matcher = new Matcher(table);
    this.#context.loadBalancer.update(table);
    this.#context.connections.retain(table);
    this.#context.outlierDetector.retain(table);
  }

  /** Accepts no new connection, gives pending requests `graceMs` to finish (default none), then closes all connections. */
  async close(graceMs = 0): Promise<void> {
    this.#isClosing = true;
    const cancel = this.#context.clock.after(graceMs, () => {
      this.#server.closeAllConnections();
      for (const socket of this.#upgraded) socket.destroy();
    });
    const servers = [this.#server, ...this.#otherServers];
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    cancel();
    this.#context.connections.destroy();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #currentCluster(cluster: Cluster): Cluster {
    // Its endpoint comes from the request, not from the table.
    if (cluster.type === 'ORIGINAL_DST') return cluster;
    return this.#matcher.table.clusters.get(cluster.name) ?? cluster;
  }

  #connectionOf(socket: Socket): ClientConnection {
    const connection = this.#connections.get(socket);
    if (!connection) throw new Error('the socket is none of this server');
    return connection;
  }

  /** Handles a failed connection, and bytes that are not HTTP, perhaps in the body of a request. */
  #onClientError(error: Error, socket: Socket): void {
    // A handshake that failed: Envoy closes the connection, too.
    if (!this.#connections.has(socket)) {
      socket.destroy();
      return;
    }
    if (isSilent(error, socket)) return;
    const reply = socket.writable ? parseErrorReply(error) : undefined;
    if (!reply) {
      socket.destroy();
      return;
    }
    const connection = this.#connectionOf(socket);
    connection.refuse(() => {
      const { active } = connection;
      if (active) active.streamInfo.recordLocalReply(reply);
      else if (this.#onAccess) recordRefusal(socket, reply, this.#context.clock, this.#onAccess);
      // In the middle of a response, a second status line would be read as a part of it.
      if (active?.response.headersSent) socket.destroy();
      else writeLocalReply(socket, reply);
    });
  }

  /** Refuses a request whose bare connection Node hands over. */
  #onConnect(request: IncomingMessage): void {
    const { socket } = request;
    const connection = this.#connectionOf(socket);
    connection.onDetached();
    connection.refuse(() => {
      if (this.#onAccess)
        recordRefusal(socket, CONNECT_NOT_IMPLEMENTED, this.#context.clock, this.#onAccess, request);
      writeLocalReply(socket, CONNECT_NOT_IMPLEMENTED);
    });
  }

  #onUpgrade(request: IncomingMessage, firstBytes: Buffer): void {
    const { socket } = request;
    this.#upgraded.add(socket);
    socket.once('close', () => this.#upgraded.delete(socket));
    const connection = this.#connectionOf(socket);
    connection.onDetached();
    connection.serve(request, () =>
      this.#begin(request, lastResponse(request, firstBytes), request.headers.upgrade),
    );
  }

  #begin(request: IncomingMessage, response: ServerResponse, upgrade?: string): Downstream {
    response.on('finish', () => discardRest(request, this.#context.clock));
    response.on('close', () => {
      if (this.#isClosing) this.#server.closeIdleConnections();
    });
    // Node drops what arrives in one packet with a request whose upgrade it ignores.
    if (upgrade === undefined && request.headers.upgrade !== undefined) response.shouldKeepAlive = false;
    const headers = HeaderList.fromRaw(request.rawHeaders);
    const downstream = { request, response, headers, upgrade, streamInfo: new StreamInfo() };
    if (this.#onAccess) recordAccess(downstream, this.#context.clock, this.#onAccess);
    if (this.#ownConnections.has(request.socket)) sendLocalReply(downstream, LOOP_DETECTED);
    else void handleRequest(downstream, this.#matcher, this.#context);
    return downstream;
  }
}
