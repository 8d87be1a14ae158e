import { PRODUCTPAGE_PATHS } from '@bookinfo/contract';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageService } from './page.service.js';
import { sendHtml } from './send-html.js';
import { Views } from './views.js';

/** What people look at. */
@Controller()
export class PageController {
  constructor(
    private readonly pages: PageService,
    private readonly views: Views,
  ) {}

  @Get([PRODUCTPAGE_PATHS.index, PRODUCTPAGE_PATHS.indexFile])
  index(@Req() { user }: FastifyRequest, @Res() reply: FastifyReply) {
    sendHtml(reply, this.views.index({ user }));
  }

  @Get(PRODUCTPAGE_PATHS.page)
  async productpage(@Req() { user }: FastifyRequest, @Res() reply: FastifyReply) {
    sendHtml(reply, this.views.productpage(await this.pages.productpage(user)));
  }
}
