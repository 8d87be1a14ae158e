import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';

/** The incoming request that a call belongs to. */
export interface RequestContext {
  headers: IncomingHttpHeaders;
  /** Services that have taken part so far, in call order, as `<app>-<version>`. */
  hops: string[];
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work`; {@link currentRequest} returns `context` in it and in everything that it starts. */
export function withRequest<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** Returns the incoming request that the calling code belongs to; undefined outside of a request. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}
