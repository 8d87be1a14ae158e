import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { systemClock, type Clock, type Random, listen, LOOPBACK } from '@bookinfo/effects';
import {
  CONNECT_NOT_IMPLEMENTED,
  HeaderList,
  LOOP_DETECTED,
  Matcher,
  type Cluster,
  type LocalReply,
  type ProxyRole,
  type RouteTable,
} from '@bookinfo/routing';
import { recordAccess, recordRefusal, type OnAccess } from '../access-log/record-access.js';
import { ConnectionPool } from '../connection-pool/connection-pool.js';
import type { Downstream } from '../exchange.js';
import { MAX_HEADER_BYTES } from '../http1/header-line.js';
import { LoadBalancer } from '../load-balancing/load-balancer.js';
import { OutlierDetector } from '../load-balancing/outlier-detector.js';
import { sendLocalReply, writeLocalReply } from '../local-reply/send-local-reply.js';
import type { ProxyContext } from '../proxy-context.js';
import { MirrorBudget } from '../router/mirror-budget.js';
import { StreamInfo } from '../stream-info.js';
import { discardRest } from './discard-rest.js';
import { handleRequest } from './handle-request.js';
import { parseErrorReply } from './malformed-request.js';
import { OwnConnections } from './own-connections.js';
import { isUpgrade, lastResponse } from './upgrade.js';

/** Time that a client has to send all headers of a request: one that sends a byte now and then must not hold a connection. */
const HEADERS_TIMEOUT_MS = 60_000;

export interface ProxyOptions {
  /** A gateway adds the client's address and protocol to requests (x-forwarded-for, x-forwarded-proto). */
  role: ProxyRole;
  table: RouteTable;
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
}

/**
 * One listener of the embedded data plane: a sidecar's outbound side or the ingress gateway. The listener that a request
 * arrives on identifies the client, so each listener has its own table.
 */
export class Proxy {
  readonly #server: Server;
  readonly #context: ProxyContext;
  readonly #onAccess: OnAccess | undefined;
  /** The latest request of each connection that has no complete response yet. */
  readonly #pending = new Map<Socket, Downstream>();
  readonly #ownConnections = new OwnConnections();
  /** Connections that Node's server has handed over and no longer tracks. */
  readonly #upgraded = new Set<Socket>();
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

  private constructor({ role, table, random = Math.random, clock = systemClock, onAccess }: ProxyOptions) {
    this.#matcher = new Matcher(table);
    this.#onAccess = onAccess;
    this.#context = {
      role,
      random,
      clock,
      currentCluster: (cluster) => this.#currentCluster(cluster),
      loadBalancer: new LoadBalancer(random),
      outlierDetector: new OutlierDetector(clock),
      mirrorBudget: new MirrorBudget(),
      connections: new ConnectionPool(clock, (socket) => this.#ownConnections.add(socket)),
    };
    this.#server = createServer(
      {
        maxHeaderSize: MAX_HEADER_BYTES,
        requireHostHeader: false,
        shouldUpgradeCallback: isUpgrade,
        // As in Envoy, a body may take any time; Node's own limit is five minutes.
        requestTimeout: 0,
        headersTimeout: HEADERS_TIMEOUT_MS,
      },
      (request, response) => this.#onRequest(request, response),
    );
    this.#server
      .on('connect', (request) => this.#refuse(request, CONNECT_NOT_IMPLEMENTED))
      .on('upgrade', (request, _, firstBytes) => this.#onUpgrade(request, firstBytes))
      .on('clientError', (error, socket) => this.#onClientError(error, socket as Socket));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The base URL for clients, such as `http://127.0.0.1:41234`. */
  get url(): string {
    return `http://${LOOPBACK}:${this.port}`;
  }

  /** Replaces the table for every request that arrives from now on; earlier ones keep their routes. */
  setTable(table: RouteTable): void {
    this.#matcher = new Matcher(table);
    this.#context.loadBalancer.retain(table);
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
    await new Promise((resolve) => this.#server.close(resolve));
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

  /** Handles a failed connection, and bytes that are not HTTP, perhaps in the body of a request. */
  #onClientError(error: Error, socket: Socket): void {
    const reply = socket.writable ? parseErrorReply(error) : undefined;
    const pending = this.#pending.get(socket);
    if (reply && pending) pending.streamInfo.recordLocalReply(reply);
    else if (reply && this.#onAccess) recordRefusal(socket, reply, this.#context.clock, this.#onAccess);
    // In the middle of a response, a second status line would be read as a part of it.
    if (reply && !pending?.response.headersSent) writeLocalReply(socket, reply);
    else socket.destroy();
  }

  /** Refuses a request whose bare connection Node hands over. */
  #refuse(request: IncomingMessage, reply: LocalReply): void {
    if (this.#onAccess) recordRefusal(request.socket, reply, this.#context.clock, this.#onAccess, request);
    writeLocalReply(request.socket, reply);
  }

  #onUpgrade(request: IncomingMessage, firstBytes: Buffer): void {
    const { socket } = request;
    this.#upgraded.add(socket);
    socket.once('close', () => this.#upgraded.delete(socket));
    this.#onRequest(request, lastResponse(request, firstBytes), request.headers.upgrade);
  }

  #onRequest(request: IncomingMessage, response: ServerResponse, upgrade?: string): void {
    response.once('finish', () => discardRest(request, this.#context.clock));
    response.once('close', () => {
      this.#pending.delete(request.socket);
      if (this.#isClosing) this.#server.closeIdleConnections();
    });
    const headers = HeaderList.fromRaw(request.rawHeaders);
    const downstream = { request, response, headers, upgrade, streamInfo: new StreamInfo() };
    this.#pending.set(request.socket, downstream);
    if (this.#onAccess) recordAccess(downstream, this.#context.clock, this.#onAccess);
    if (this.#ownConnections.has(request.socket)) sendLocalReply(downstream, LOOP_DETECTED);
    else void handleRequest(downstream, this.#matcher, this.#context);
  }
}
