import { AsyncLocalStorage } from 'node:async_hooks';
import { PRODUCTPAGE_TIMEOUT_MS } from '@bookinfo/contract';
import { currentRequest, InjectSettings, propagatedHeaders, UpstreamClient } from '@bookinfo/service-kit';
import { Injectable } from '@nestjs/common';
import { backends } from '../products/backends.js';
import { PRODUCT } from '../products/product.js';
import type { Settings } from '../settings.js';

/** Connections are a scarcer good than time here. */
const MOST_AT_ONCE = 100;

/** Views whose calls wait their turn; of more, the oldest view's are dropped. */
const MOST_WAITING = 100;

/** Nobody waits for these calls, and they take no part in the answer: x-bookinfo-path must not name their hops. */
const outsideOfRequests = AsyncLocalStorage.snapshot();

/** Calls reviews FLOOD_FACTOR times for every view of the page, to show what protects a service from that. */
@Injectable()
export class Flood {
  private readonly factor: number;
  private readonly url: string;
  private readonly waiting: { headers: Record<string, string>; calls: number }[] = [];
  private active = 0;

  constructor(
    @InjectSettings() settings: Settings,
    private readonly upstream: UpstreamClient,
  ) {
    this.factor = settings.FLOOD_FACTOR;
    this.url = `${backends(settings).reviews.url}${PRODUCT.id}`;
  }

  /** Starts one view's calls. */
  start(): void {
    if (this.factor === 0) return;
    if (this.waiting.length === MOST_WAITING) this.waiting.shift();
    this.waiting.push({ headers: propagatedHeaders(currentRequest()?.headers ?? {}), calls: this.factor });
    outsideOfRequests(() => this.work());
  }

  private work(): void {
    while (this.active < MOST_AT_ONCE) {
      const [view] = this.waiting;
      if (!view) return;
      if (--view.calls === 0) this.waiting.shift();
      this.active++;
      void this.call(view.headers);
    }
  }

  private async call(headers: Record<string, string>): Promise<void> {
    // A failure is what a flood is for; the page's own call tells of it.
    await this.upstream.getJson(this.url, { timeoutMs: PRODUCTPAGE_TIMEOUT_MS, headers }).catch(() => {});
    this.active--;
    this.work();
  }
}
