import { PRODUCTPAGE_PATHS } from '@bookinfo/contract';
import { Controller, Get } from '@nestjs/common';
import { CurrentUser } from '../session/current-user.decorator.js';
import { Html } from './html.decorator.js';
import { PageService } from './page.service.js';
import { ViewsService } from './views.service.js';

/** The pages for users. */
@Controller()
export class PageController {
  constructor(
    private readonly pages: PageService,
    private readonly views: ViewsService,
  ) {}

  @Html()
  @Get([PRODUCTPAGE_PATHS.index, PRODUCTPAGE_PATHS.indexFile])
  index(@CurrentUser() user: string | undefined) {
    return this.views.index({ user });
  }

  @Html()
  @Get(PRODUCTPAGE_PATHS.page)
  async productpage(@CurrentUser() user: string | undefined) {
    return this.views.productpage(await this.pages.productpage(user));
  }
}
