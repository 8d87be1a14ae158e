import { type BackendName, PRODUCTPAGE_PATHS } from '@bookinfo/contract';
import { ProductIdPipe } from '@bookinfo/service-kit';
import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PRODUCT } from './product.js';
import { ProductsService } from './products.service.js';

/** What the page shows, for programs. */
@Controller(PRODUCTPAGE_PATHS.products)
export class ProductsController {
  constructor(private readonly products: ProductsService) {}

  @Get()
  list() {
    return [PRODUCT];
  }

  @Get(':id')
  details(@Param('id', ProductIdPipe) id: number, @Res() reply: FastifyReply) {
    return this.pass(reply, 'details', id);
  }

  @Get(':id/reviews')
  reviews(@Param('id', ProductIdPipe) id: number, @Res() reply: FastifyReply) {
    return this.pass(reply, 'reviews', id);
  }

  @Get(':id/ratings')
  ratings(@Param('id', ProductIdPipe) id: number, @Res() reply: FastifyReply) {
    return this.pass(reply, 'ratings', id);
  }

  private async pass(reply: FastifyReply, backend: BackendName, id: number) {
    const { status, body } = await this.products.ask(backend, id);
    await reply
      // Beyond 599 there is no status, and none may be sent (RFC 9110, section 15).
      .code(status > 599 ? 500 : status)
      .type('application/json; charset=utf-8')
      // Serialised here, since to Fastify a body that is a bare string or null isn't JSON.
      .send(JSON.stringify(body));
  }
}
