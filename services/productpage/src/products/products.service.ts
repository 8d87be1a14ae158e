import { type BackendName, PRODUCT_UNAVAILABLE, PRODUCTPAGE_TIMEOUT_MS } from '@bookinfo/contract';
import {
  InjectLogger,
  type Logger,
  MetricsService,
  UpstreamClient,
  UpstreamError,
  type UpstreamResponse,
} from '@bookinfo/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { productpageSettings, type Settings } from '../settings.js';
import { type Backend, backends } from './backends.js';

/** In place of the response of a backend that sent none. */
const NO_RESPONSE: UpstreamResponse = { status: 500, body: undefined };

/** Gets the data of a product from the backends. */
@Injectable()
export class ProductsService {
  private readonly backends: Record<BackendName, Backend>;
  private readonly results: Counter;

  constructor(
    @Inject(productpageSettings.KEY) settings: Settings,
    @InjectLogger() private readonly logger: Logger,
    private readonly upstream: UpstreamClient,
    metrics: MetricsService,
  ) {
    this.backends = backends(settings);
    this.results = new Counter({
      name: 'request_result_total',
      help: 'Results of asking a backend about a product, by backend and status',
      labelNames: ['destination_app', 'response_code'],
      registers: [metrics.registry],
    });
  }

  /** Returns the response of a backend; unless it is a 200, its status (500 for none) with an error for the user. */
  async get(name: BackendName, id: number): Promise<UpstreamResponse> {
    const response = await this.retry(this.backends[name], id);
    this.results.inc({ destination_app: name, response_code: response.status });
    if (response.status === 200) return response;
    return { status: response.status, body: { error: PRODUCT_UNAVAILABLE[name] } };
  }

  private async retry({ name, url, attempts }: Backend, id: number): Promise<UpstreamResponse> {
    let response = NO_RESPONSE;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      response = await this.attempt(`${url}${id}`, `${name}, attempt ${attempt} of ${attempts}`);
      if (response.status === 200) break;
    }
    return response;
  }

  private async attempt(url: string, label: string): Promise<UpstreamResponse> {
    try {
      const response = await this.upstream.getJson(url, { timeoutMs: PRODUCTPAGE_TIMEOUT_MS });
      if (response.status !== 200) this.logger.warn(`${label}: GET ${url}: status ${response.status}`);
      return response;
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      this.logger.warn(`${label}: ${error.message}`);
      return NO_RESPONSE;
    }
  }
}
