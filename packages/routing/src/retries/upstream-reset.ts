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

  /** True when the request can be retried as if no byte of it was sent: Envoy's `connect-failure`. */
  get isConnectFailure(): boolean {
    return CONNECT_FAILURES.includes(this.reason);
  }
}

/** A reset of a kept-alive connection, which the backend may have closed at the moment that it was picked. */
export class StaleConnection extends UpstreamReset {}

/**
 * A connection that broke before the response to an idempotent request, at an endpoint that refuses connections since: its
 * program has ended, and the request can be sent to another one. Envoy does not ask, and such a request is lost.
 */
export class EndpointGone extends UpstreamReset {
  constructor(options: ErrorOptions) {
    super('connection termination', options);
  }

  override get isConnectFailure(): boolean {
    return true;
  }
}

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
