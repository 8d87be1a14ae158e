import { type BackendName, PRODUCT_UNAVAILABLE, PRODUCTPAGE_TIMEOUT_MS } from '@bookinfo/contract';
import {
  InjectLogger,
  InjectSettings,
  type Logger,
  Metrics,
  type UpstreamAnswer,
  UpstreamClient,
  UpstreamError,
} from '@bookinfo/service-kit';
import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import type { Settings } from '../settings.js';
import { type Backend, backends } from './backends.js';

/** Stands for the status of a backend that gave none. */
const NO_ANSWER: UpstreamAnswer = { status: 500, body: undefined };

/** Asks the backends about a product. */
@Injectable()
export class ProductsService {
  private readonly backends: Record<BackendName, Backend>;
  private readonly results: Counter;

  constructor(
    @InjectSettings() settings: Settings,
    @InjectLogger() private readonly logger: Logger,
    private readonly upstream: UpstreamClient,
    metrics: Metrics,
  ) {
    this.backends = backends(settings);
    this.results = new Counter({
      name: 'request_result_total',
      help: 'Results of asking a backend about a product, by backend and status',
      labelNames: ['destination_app', 'response_code'],
      registers: [metrics.registry],
    });
  }

  /** The backend's answer; where it isn't a 200, its status (500 where there is none) with an error for the user. */
  async ask(name: BackendName, id: number): Promise<UpstreamAnswer> {
    const answer = await this.attempt(this.backends[name], id);
    this.results.inc({ destination_app: name, response_code: answer.status });
    if (answer.status === 200) return answer;
    return { status: answer.status, body: { error: PRODUCT_UNAVAILABLE[name] } };
  }

  private async attempt({ name, url, attempts }: Backend, id: number): Promise<UpstreamAnswer> {
    let answer = NO_ANSWER;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      answer = await this.once(`${url}${id}`, `${name}, attempt ${attempt} of ${attempts}`);
      if (answer.status === 200) break;
    }
    return answer;
  }

  private async once(url: string, what: string): Promise<UpstreamAnswer> {
    try {
      const answer = await this.upstream.getJson(url, { timeoutMs: PRODUCTPAGE_TIMEOUT_MS });
      if (answer.status !== 200) this.logger.warn(`${what}: GET ${url}: status ${answer.status}`);
      return answer;
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      this.logger.warn(`${what}: ${error.message}`);
      return NO_ANSWER;
    }
  }
}
