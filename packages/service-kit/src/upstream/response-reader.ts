import type { IncomingHttpHeaders } from 'node:http';
import { PATH_HEADER } from '@bookinfo/contract';
import { AxiosError, AxiosHeaders, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { type Dispatcher, errors } from 'undici';

/**
 * Collects one response for axios within the two limits of its config: `timeout`, in milliseconds for the whole exchange,
 * and `maxContentLength`, in bytes, checked while the body arrives. undici's own timeouts are per phase and coarse.
 */
export class ResponseReader implements Dispatcher.DispatchHandler {
  readonly #config: InternalAxiosRequestConfig;
  readonly #resolve: (response: AxiosResponse) => void;
  readonly #reject: (error: AxiosError) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #length = 0;
  #controller: Dispatcher.DispatchController | undefined;
  #failure: AxiosError | undefined;
  #head: Pick<AxiosResponse, 'status' | 'statusText' | 'headers'> = {
    status: 0,
    statusText: '',
    headers: {},
  };

  constructor(
    config: InternalAxiosRequestConfig,
    resolve: (response: AxiosResponse) => void,
    reject: (error: AxiosError) => void,
  ) {
    this.#config = config;
    this.#resolve = resolve;
    this.#reject = reject;
    const { timeout = 0 } = config;
    this.#timer = setTimeout(
      () => this.#fail(AxiosError.ETIMEDOUT, `no response within ${timeout} ms`),
      timeout,
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController) {
    this.#controller = controller;
    // The timeout can expire while undici still connects.
    if (this.#failure) controller.abort(this.#failure);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    statusText = '',
  ) {
    // Only the one that UpstreamClient reads: axios copies and checks every header several times.
    const path = headers[PATH_HEADER];
    this.#head = { status, statusText, headers: new AxiosHeaders(path ? { [PATH_HEADER]: path } : {}) };
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer) {
    this.#length += chunk.length;
    const { maxContentLength = Infinity } = this.#config;
    if (this.#length <= maxContentLength) this.#chunks.push(chunk);
    else this.#fail(AxiosError.ERR_BAD_RESPONSE, `response is longer than ${maxContentLength} bytes`);
  }

  onResponseEnd() {
    clearTimeout(this.#timer);
    this.#resolve({
      ...this.#head,
      data: Buffer.concat(this.#chunks, this.#length).toString('utf8'),
      config: this.#config,
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error) {
    const code = error instanceof errors.ConnectTimeoutError ? AxiosError.ETIMEDOUT : AxiosError.ERR_NETWORK;
    this.#fail(code, error.message, error);
  }

  /** Rejects with the first failure. Aborting leads to onResponseError, whose rejection then has no effect. */
  #fail(code: string, message: string, cause?: Error) {
    clearTimeout(this.#timer);
    const error = new AxiosError(message, code, this.#config);
    if (cause) error.cause = cause;
    this.#failure ??= error;
    this.#reject(error);
    this.#controller?.abort(error);
  }
}
