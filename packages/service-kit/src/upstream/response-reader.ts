import type { IncomingHttpHeaders } from 'node:http';
import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { type Dispatcher, errors } from 'undici';

/**
 * Collects one answer within the config's two limits: `timeout`, in milliseconds for the whole exchange, and
 * `maxContentLength`, in bytes, checked while the body arrives. undici's own time limits are per phase and coarse.
 */
export class AnswerReader implements Dispatcher.DispatchHandler {
  private readonly timer: NodeJS.Timeout;
  private controller: Dispatcher.DispatchController | undefined;
  private failure: AxiosError | undefined;
  private status = 0;
  private statusText = '';
  private headers: IncomingHttpHeaders = {};
  private readonly chunks: Buffer[] = [];
  private length = 0;

  constructor(
    private readonly config: InternalAxiosRequestConfig,
    private readonly resolve: (answer: AxiosResponse) => void,
    private readonly reject: (error: AxiosError) => void,
  ) {
    const { timeout = 0 } = config;
    this.timer = setTimeout(() => this.fail(AxiosError.ETIMEDOUT, `no answer within ${timeout} ms`), timeout);
  }

  onRequestStart(controller: Dispatcher.DispatchController) {
    this.controller = controller;
    // Given up on while it was still connecting.
    if (this.failure) controller.abort(this.failure);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    statusText = '',
  ) {
    this.status = status;
    this.statusText = statusText;
    this.headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer) {
    this.length += chunk.length;
    const { maxContentLength = Infinity } = this.config;
    if (this.length <= maxContentLength) this.chunks.push(chunk);
    else this.fail(AxiosError.ERR_BAD_RESPONSE, `answer is longer than ${maxContentLength} bytes`);
  }

  onResponseEnd() {
    clearTimeout(this.timer);
    this.resolve({
      status: this.status,
      statusText: this.statusText,
      headers: this.headers as Record<string, string>,
      data: Buffer.concat(this.chunks, this.length).toString('utf8'),
      config: this.config,
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error) {
    const code = error instanceof errors.ConnectTimeoutError ? AxiosError.ETIMEDOUT : AxiosError.ERR_NETWORK;
    this.fail(code, error.message, error);
  }

  /** The first reason stands: aborting leads to onResponseError, whose rejection then has no effect. */
  private fail(code: string, message: string, cause?: Error) {
    clearTimeout(this.timer);
    const error = new AxiosError(message, code, this.config);
    if (cause) error.cause = cause;
    this.failure ??= error;
    this.reject(error);
    this.controller?.abort(error);
  }
}
