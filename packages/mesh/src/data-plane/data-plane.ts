import type { ProxyRole, RouteTable, TlsServer } from '@bookinfo/routing';
import type { Problem } from '@bookinfo/rules';
import type { ClusterStatistics } from '@bookinfo/telemetry';
import type { Origin } from '@bookinfo/text';
import type { ProxyTelemetry } from '../telemetry/proxy-telemetry.js';

/** What carries the traffic of a mesh: the proxies in this process, or an Envoy process for each of them. */
export interface DataPlane {
  readonly name: 'embedded' | 'envoy';
  /**
   * Starts a proxy; resolves when it listens.
   * @throws {Error} Node's error, whose `syscall` is `listen`, when the port cannot be listened on.
   * @throws {TableRefused} when the proxy cannot express the table.
   */
  open(options: MeshProxyOptions): Promise<MeshProxy>;
}

export interface MeshProxyOptions {
  /** The pod's name, or that of the gateway. */
  name: string;
  role: ProxyRole;
  table: RouteTable;
  /** 0: any free port. */
  port: number;
  /** The port of the table that a gateway serves. A sidecar serves them all. */
  listenerPort?: number;
  /** The servers of a listener of HTTPS. Default: the listener is one of HTTP. */
  tls?: readonly TlsServer[];
  /** The port of the pod's application, for a proxy that its incoming connections are redirected to. */
  inboundPort?: number;
  /** Called with a line, in the format of Istio's access log, for each request that has ended. */
  onAccess?: (line: string) => void;
  /** Where the proxy reports its requests. Default: nowhere. */
  telemetry?: ProxyTelemetry;
  /** Called when the proxy has ended by itself; it is started again on the same port after `restartInMs`. */
  onEnd: (reason: string, restartInMs: number) => void;
}

/** A proxy of the mesh: a sidecar's outbound listener, or one port of a gateway. */
export interface MeshProxy {
  readonly port: number;
  /** Such as `http://127.0.0.1:41234`. */
  readonly url: string;
  /** Why clients can't reach it; absent when they can. */
  readonly unreachable?: string;
  /** The endpoints, as `127.0.0.1:41234`, that it sends no requests to because they have failed too often; absent when not known. */
  readonly ejected?: Iterable<string>;
  /** Resolves with the statistics of its clusters; absent when they are not known here. */
  clusterStatistics?(): Promise<ClusterStatistics[]>;
  /**
   * Replaces the table; resolves when it, or one of a later call, is in force. The embedded proxy has the table when this
   * returns.
   * @throws {TableRefused} when the proxy cannot express the table; it keeps its former one.
   */
  setTable(table: RouteTable): Promise<void>;
  /** Replaces the servers of a listener of HTTPS; resolves when new connections meet them. */
  setTls(servers: readonly TlsServer[]): Promise<void>;
  /** Requests in flight have `graceMs` to finish. */
  close(graceMs: number): Promise<void>;
}

/** Thrown when a proxy refuses a table. */
export class TableRefused extends Error {
  constructor(
    message: string,
    /** The rule that the proxy refuses; absent when it is not known. */
    readonly origin?: Origin,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The message with the place of the rule; undefined when that is not known. */
  get problem(): Problem | undefined {
    return this.origin && { ...this.origin, message: this.message };
  }
}
