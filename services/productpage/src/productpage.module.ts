import { healthController } from '@bookinfo/service-kit';
import { Module } from '@nestjs/common';
import { LoadGeneratorService } from './page/load-generator.service.js';
import { PageController } from './page/page.controller.js';
import { PageService } from './page/page.service.js';
import { ViewsService } from './page/views.service.js';
import { ProductsController } from './products/products.controller.js';
import { ProductsService } from './products/products.service.js';
import { SessionSecret } from './session/session-secret.provider.js';
import { SessionController } from './session/session.controller.js';
import { AssetsService } from './static/assets.service.js';
import { StaticController } from './static/static.controller.js';

@Module({
  controllers: [
    PageController,
    SessionController,
    ProductsController,
    StaticController,
    healthController('Product page is healthy'),
  ],
  providers: [PageService, LoadGeneratorService, ViewsService, ProductsService, SessionSecret, AssetsService],
})
export class ProductpageModule {}
