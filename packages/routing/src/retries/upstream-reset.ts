/** Envoy's reset reasons that occur on HTTP/1.1 (Http::StreamResetReason, source/common/http/utility.cc). */
export type ResetReason =
  | 'remote connection failure'
  | 'connection timeout'
  | 'connection termination'
  | 'protocol error'
  | 'local reset'
  | 'overflow';

const CONNECT_FAILURES: readonly ResetReason[] = ['remote connection failure', 'connection timeout'];

/** An attempt that ended before the backend's response began. */
export class UpstreamReset extends Error {
  constructor(
    readonly reason: ResetReason,
    options: ErrorOptions = {},
  ) {
    super(reason, options);
  }

  /** True when no byte of the request was sent, so that any method can be retried: Envoy's `connect-failure`. */
  get isConnectFailure(): boolean {
    return CONNECT_FAILURES.includes(this.reason);
  }
}

/** A reset of a kept-alive connection, which the backend may have closed at the moment that it was picked. */
export class StaleConnection extends UpstreamReset {}

/** An endpoint's name that does not resolve; in Envoy such a cluster has no endpoint. */
export class HostNotFound extends UpstreamReset {}

/** A request above the cluster's limits (Envoy: circuit breakers). */
export class Overflow extends UpstreamReset {
  constructor() {
    super('overflow');
  }
}

/** A connection on which the TLS handshake failed. */
export class TlsFailure extends UpstreamReset {
  constructor(options: ErrorOptions) {
    super('remote connection failure', options);
  }
}

/** An attempt whose response did not begin in time. */
export class PerTryTimeout extends UpstreamReset {
  constructor() {
    super('local reset');
  }
}
