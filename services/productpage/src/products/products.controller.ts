import { type BackendName, PRODUCTPAGE_PATHS } from '@bookinfo/contract';
import { ProductIdPipe } from '@bookinfo/service-kit';
import { Controller, Get, HttpStatus, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PRODUCT } from './product.js';
import { ProductsService } from './products.service.js';

/** The data of the page, as JSON. */
@Controller(PRODUCTPAGE_PATHS.products)
export class ProductsController {
  constructor(private readonly products: ProductsService) {}

  @Get()
  list() {
    return [PRODUCT];
  }

  @Get(':id')
  details(@Param('id', ProductIdPipe) id: number, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.relay('details', id, reply);
  }

  @Get(':id/reviews')
  reviews(@Param('id', ProductIdPipe) id: number, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.relay('reviews', id, reply);
  }

  @Get(':id/ratings')
  ratings(@Param('id', ProductIdPipe) id: number, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.relay('ratings', id, reply);
  }

  /** Responds with the status and the body of a backend; the status is only known now, so that it needs the reply. */
  private async relay(backend: BackendName, id: number, reply: FastifyReply) {
    const { status, body } = await this.products.get(backend, id);
    void reply
      // There is no status above 599, and none may be sent (RFC 9110, 15).
      .status(status > 599 ? HttpStatus.INTERNAL_SERVER_ERROR : status)
      .type('application/json; charset=utf-8');
    // Serialised here, because Fastify would not send null or a string as JSON.
    return JSON.stringify(body);
  }
}
