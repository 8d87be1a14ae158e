import { PRODUCTPAGE_PATHS } from '@bookinfo/contract';
import { Controller, Get, UseInterceptors } from '@nestjs/common';
import { CurrentUser } from '../session/current-user.decorator.js';
import { HtmlInterceptor } from './html.interceptor.js';
import { PageService } from './page.service.js';
import { ViewsService } from './views.service.js';

/** The pages for users. */
@Controller()
@UseInterceptors(HtmlInterceptor)
export class PageController {
  constructor(
    private readonly pages: PageService,
    private readonly views: ViewsService,
  ) {}

  @Get([PRODUCTPAGE_PATHS.index, PRODUCTPAGE_PATHS.indexFile])
  index(@CurrentUser() user: string | undefined) {
    return this.views.index({ user });
  }

  @Get(PRODUCTPAGE_PATHS.page)
  async productpage(@CurrentUser() user: string | undefined) {
    return this.views.productpage(await this.pages.productpage(user));
  }
}
