import { AsyncLocalStorage } from 'node:async_hooks';
import { PRODUCTPAGE_TIMEOUT_MS } from '@bookinfo/contract';
import { currentRequest, propagatedHeaders, UpstreamClient } from '@bookinfo/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { backends } from '../products/backends.js';
import { PRODUCT } from '../products/product.js';
import { productpageSettings, type Settings } from '../settings.js';

/** Limit of concurrent calls, and so of connections. */
const MAX_CONCURRENT_CALLS = 100;

/** Limit of views whose calls are waiting; beyond it, the calls of the oldest view are dropped. */
const MAX_WAITING_VIEWS = 100;

/** Runs a function outside of any request: x-bookinfo-path must not have the hops of these calls. */
const outsideOfRequests = AsyncLocalStorage.snapshot();

/** Calls reviews FLOOD_FACTOR times for every view of the page, for exercises on rate limits and circuit breaking. */
@Injectable()
export class LoadGeneratorService {
  private readonly factor: number;
  private readonly url: string;
  private readonly waiting: { headers: Record<string, string>; calls: number }[] = [];
  private active = 0;

  constructor(
    @Inject(productpageSettings.KEY) settings: Settings,
    private readonly upstream: UpstreamClient,
  ) {
    this.factor = settings.FLOOD_FACTOR;
    this.url = `${backends(settings).reviews.url}${PRODUCT.id}`;
  }

  /** Starts the calls of one view; the page does not wait for them. */
  start(): void {
    if (this.factor === 0) return;
    if (this.waiting.length === MAX_WAITING_VIEWS) this.waiting.shift();
    this.waiting.push({ headers: propagatedHeaders(currentRequest()?.headers ?? {}), calls: this.factor });
    outsideOfRequests(() => this.work());
  }

  private work(): void {
    while (this.active < MAX_CONCURRENT_CALLS) {
      const [view] = this.waiting;
      if (!view) return;
      if (--view.calls === 0) this.waiting.shift();
      this.active++;
      void this.call(view.headers);
    }
  }

  private async call(headers: Record<string, string>): Promise<void> {
    // Failures are expected under load, and the page's own call reports them.
    await this.upstream.getJson(this.url, { timeoutMs: PRODUCTPAGE_TIMEOUT_MS, headers }).catch(() => {});
    this.active--;
    this.work();
  }
}
