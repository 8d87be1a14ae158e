/** The reason why a call has no usable response. */
export type UpstreamFailure = 'timeout' | 'unreachable' | 'too large' | 'not JSON';

/** A call to another service without a usable response. */
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
