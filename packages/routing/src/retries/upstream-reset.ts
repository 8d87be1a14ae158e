/** Envoy's names (Http::StreamResetReason, source/common/http/utility.cc) of what can happen on HTTP/1.1. */
export type ResetReason =
  | 'remote connection failure'
  | 'connection timeout'
  | 'connection termination'
  | 'protocol error'
  | 'local reset'
  | 'overflow';

const CONNECT_FAILURES: readonly ResetReason[] = ['remote connection failure', 'connection timeout'];

/** A try that ended before the backend's answer began. */
export class UpstreamReset extends Error {
  constructor(
    readonly reason: ResetReason,
    options: ErrorOptions = {},
  ) {
    super(reason, options);
  }

  /** No byte of the request was sent, so that any method may be tried again: Envoy's `connect-failure`. */
  get isConnectFailure(): boolean {
    return CONNECT_FAILURES.includes(this.reason);
  }
}

/** The backend may have closed the kept-alive connection at the moment that it was picked. */
export class StaleConnection extends UpstreamReset {}

/** The machine's resolver knows no address of the endpoint's name; to Envoy such a cluster has no endpoint. */
export class HostNotFound extends UpstreamReset {}

/** The cluster's limits leave no room for the request (Envoy: circuit breakers). */
export class Overflow extends UpstreamReset {
  constructor() {
    super('overflow');
  }
}

/** There was a connection, but no TLS. */
export class TlsFailure extends UpstreamReset {
  constructor(options: ErrorOptions) {
    super('remote connection failure', options);
  }
}

/** A try that took too long for an answer to begin. */
export class PerTryTimeout extends UpstreamReset {
  constructor() {
    super('local reset');
  }
}
