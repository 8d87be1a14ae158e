import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { systemClock, type Clock, type Random, listen, LOOPBACK } from '@bookinfo/effects';
import {
  type Cluster,
  type RouteTable,
  CONNECT_NOT_IMPLEMENTED,
  LOOP_DETECTED,
  type LocalReply,
  type ProxyRole,
} from '@bookinfo/routing';
import { ConnectionPool } from '../connection-pool/connection-pool.js';
import { recordAccess, recordRefusal, type OnAccess } from '../access-log/record-access.js';
import { discardRest } from './discard-rest.js';
import type { Downstream } from '../exchange.js';
import { handleRequest } from './handle-request.js';
import { HEADERS_TIMEOUT_MS, MAX_HEADER_BYTES } from '../http1/limits.js';
import { LoadBalancer } from '../load-balancing/load-balancer.js';
import { sendLocalReply } from '../local-reply/send-local-reply.js';
import { noteReply } from '../local-reply/send-local-reply.js';
import { malformedReply } from './malformed.js';
import { MirrorBudget } from '../router/mirror-budget.js';
import { OutlierDetector } from '../load-balancing/outlier-detector.js';
import type { ProxyContext } from '../proxy-context.js';
import { OwnConnections } from './own-connections.js';
import { StreamInfo } from '../stream-info.js';
import { isUpgrade, lastResponse } from './upgrade.js';
import { writeReply } from '../local-reply/write-local-reply.js';

export interface ProxyOptions {
  /** A gateway tells backends who the client was (x-forwarded-for, x-forwarded-proto). */
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
  /** Told of every request that is over, those that were refused included. Default: nobody is. */
  onAccess?: OnAccess;
}

/**
 * One listener of the embedded data plane: a sidecar's outbound side or the ingress gateway. Which listener a request
 * arrives on tells who the client is, so each has a table of its own.
 */
export class Proxy {
  readonly #server: Server;
  readonly #context: ProxyContext;
  readonly #onAccess: OnAccess | undefined;
  /** The latest request of each connection that is not answered yet. */
  readonly #underWay = new Map<Socket, Downstream>();
  readonly #ownConnections = new OwnConnections();
  /** Of which Node's server knows nothing any more. */
  readonly #upgraded = new Set<Socket>();
  #table: RouteTable;
  #isClosing = false;

  /** Listens before it resolves. Throws Node's error when it can't, with `code` EADDRINUSE or EACCES. */
  static async start(options: ProxyOptions): Promise<Proxy> {
    const proxy = new Proxy(options);
    await listen(proxy.#server, options.port ?? 0, options.host ?? LOOPBACK);
    return proxy;
  }

  private constructor({ role, table, random = Math.random, clock = systemClock, onAccess }: ProxyOptions) {
    this.#table = table;
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
        // A body may take as long as it likes, as through Envoy; Node's own limit is five minutes.
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

  /** Where clients reach it, such as `http://127.0.0.1:41234`. */
  get url(): string {
    return `http://${LOOPBACK}:${this.port}`;
  }

  /** In force for every request that arrives from now on; those under way keep the route that they were given. */
  setTable(table: RouteTable): void {
    this.#table = table;
    this.#context.loadBalancer.retain(table);
    this.#context.connections.retain(table);
    this.#context.outlierDetector.retain(table);
  }

  /** Takes no new connection, gives requests under way `graceMs` to finish (default none), then cuts them off. */
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
    // Whom the client called is known of the request alone.
    if (cluster.type === 'ORIGINAL_DST') return cluster;
    return this.#table.clusters.get(cluster.name) ?? cluster;
  }

  /** The connection has failed, or what came on it is no HTTP; perhaps in the body of a request. */
  #onClientError(error: Error, socket: Socket): void {
    const reply = socket.writable ? malformedReply(error) : undefined;
    const underWay = this.#underWay.get(socket);
    if (reply && underWay) noteReply(underWay.streamInfo, reply);
    else if (reply && this.#onAccess) recordRefusal(socket, reply, this.#onAccess);
    // In the middle of an answer a second status line would be taken for a part of it.
    if (reply && !underWay?.response.headersSent) writeReply(socket, reply);
    else socket.destroy();
  }

  /** For a request whose bare connection Node hands over. */
  #refuse(request: IncomingMessage, reply: LocalReply): void {
    if (this.#onAccess) recordRefusal(request.socket, reply, this.#onAccess, request);
    writeReply(request.socket, reply);
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
      this.#underWay.delete(request.socket);
      if (this.#isClosing) this.#server.closeIdleConnections();
    });
    const downstream = { request, response, upgrade, streamInfo: new StreamInfo() };
    this.#underWay.set(request.socket, downstream);
    if (this.#onAccess) recordAccess(downstream, this.#context.clock, this.#onAccess);
    if (this.#ownConnections.has(request.socket)) sendLocalReply(downstream, LOOP_DETECTED);
    else void handleRequest(downstream, this.#table, this.#context);
  }
}
