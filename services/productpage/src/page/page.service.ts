import { type BackendName, PRODUCT_UNAVAILABLE } from '@bookinfo/contract';
import { currentRequest, InjectLogger, type Logger, type UpstreamResponse } from '@bookinfo/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PRODUCT } from '../products/product.js';
import { ProductsService } from '../products/products.service.js';
import { productpageSettings, type Settings } from '../settings.js';
import { detailsPanel } from './details-panel.js';
import { toHop } from './hop.js';
import { LoadGeneratorService } from './load-generator.service.js';
import { reviewsPanel } from './reviews-panel.js';
import { traceLink } from './trace-link.js';
import type { Panel, ProductpageView } from './view-models.js';

/** Collects the data of the product page. */
@Injectable()
export class PageService {
  constructor(
    private readonly products: ProductsService,
    private readonly load: LoadGeneratorService,
    @InjectLogger() private readonly logger: Logger,
    @Inject(productpageSettings.KEY) private readonly settings: Settings,
  ) {}

  /** Calls details, then reviews: Istio's exercises on delays rely on this order. */
  async productpage(user: string | undefined): Promise<ProductpageView> {
    const details = await this.products.get('details', PRODUCT.id);
    this.load.start();
    const reviews = await this.products.get('reviews', PRODUCT.id);
    return {
      user,
      product: PRODUCT,
      details: this.panel('details', details, detailsPanel),
      reviews: this.panel('reviews', reviews, reviewsPanel),
      hops: currentRequest()?.hops.map(toHop) ?? [],
      traceUrl: traceLink(this.settings.TRACE_URL, currentRequest()?.headers['x-b3-traceid']),
    };
  }

  private panel<T>(name: BackendName, response: UpstreamResponse, schema: z.ZodType<T>): Panel<T> {
    if (response.status === 200) {
      const parsed = schema.safeParse(response.body);
      if (parsed.success) return { content: parsed.data, error: undefined };
      this.logger.warn(`${name} sent an invalid response: ${z.prettifyError(parsed.error)}`);
    }
    return { content: undefined, error: PRODUCT_UNAVAILABLE[name] };
  }
}
