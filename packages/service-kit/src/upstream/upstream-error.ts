/** Why no usable answer came back. */
export type UpstreamFailure = 'timeout' | 'unreachable' | 'too large' | 'not JSON';

/** A call to another service ended without an answer that can be used; the cause is kept. */
export class UpstreamError extends Error {
  override name = 'UpstreamError';

  constructor(
    readonly failure: UpstreamFailure,
    readonly url: string,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(`GET ${url}: ${failure}: ${detail}`, options);
  }
}
