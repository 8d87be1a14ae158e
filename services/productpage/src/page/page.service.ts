import { type BackendName, PRODUCT_UNAVAILABLE } from '@bookinfo/contract';
import { currentRequest, InjectLogger, type Logger, type UpstreamAnswer } from '@bookinfo/service-kit';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PRODUCT } from '../products/product.js';
import { ProductsService } from '../products/products.service.js';
import { detailsPanel } from './details-panel.js';
import { Flood } from './flood.js';
import { toHop } from './hop.js';
import type { Panel, ProductpageView } from './productpage-view.js';
import { reviewsPanel } from './reviews-panel.js';

/** Gathers what the product page shows. */
@Injectable()
export class PageService {
  constructor(
    private readonly products: ProductsService,
    private readonly flood: Flood,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Asks details, then reviews: one after the other, as Istio's exercises on delays expect. */
  async productpage(user: string | undefined): Promise<ProductpageView> {
    const details = await this.products.ask('details', PRODUCT.id);
    this.flood.start();
    const reviews = await this.products.ask('reviews', PRODUCT.id);
    return {
      user,
      product: PRODUCT,
      details: this.panel('details', details, detailsPanel),
      reviews: this.panel('reviews', reviews, reviewsPanel),
      hops: currentRequest()?.hops.map(toHop) ?? [],
    };
  }

  private panel<T>(name: BackendName, answer: UpstreamAnswer, schema: z.ZodType<T>): Panel<T> {
    if (answer.status === 200) {
      const parsed = schema.safeParse(answer.body);
      if (parsed.success) return { content: parsed.data, error: undefined };
      this.logger.warn(`${name} answered something else: ${z.prettifyError(parsed.error)}`);
    }
    return { content: undefined, error: PRODUCT_UNAVAILABLE[name] };
  }
}
