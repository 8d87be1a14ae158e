import type { LocalReply } from './local-reply.js';

/** Envoy's names (Http::StreamResetReason, source/common/http/utility.cc) of what can happen on HTTP/1.1. */
export type ResetReason =
  'remote connection failure' | 'connection timeout' | 'connection termination' | 'protocol error';

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

  /** The text of Envoy 1.40 for a connection without TLS; it tells whether the try that failed was the first. */
  reply(attempt: number): LocalReply {
    const after = attempt > 1 ? 'retried and the latest reset reason' : 'reset reason';
    return {
      status: this.reason === 'protocol error' ? 502 : 503,
      body: `upstream connect error or disconnect/reset before headers. ${after}: ${this.reason}`,
    };
  }
}
