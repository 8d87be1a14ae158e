import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';

/** What calls made while answering a request need to know of it. */
export interface RequestContext {
  headers: IncomingHttpHeaders;
  /** Every service that answered so far, in call order, as `<app>-<version>`. */
  hops: string[];
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work` so that {@link currentRequest} answers `context` in it and in all it starts. */
export function withRequest<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** The request being answered; undefined outside of one. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}
