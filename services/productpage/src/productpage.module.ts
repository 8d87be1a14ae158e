import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Flood } from './page/flood.js';
import { PageController } from './page/page.controller.js';
import { PageService } from './page/page.service.js';
import { Views } from './page/views.js';
import { ProductsController } from './products/products.controller.js';
import { ProductsService } from './products/products.service.js';
import { SessionSecret } from './session/session-secret.js';
import { SessionController } from './session/session.controller.js';
import { Assets } from './static/assets.js';
import { StaticController } from './static/static.controller.js';

@Module({
  controllers: [PageController, SessionController, ProductsController, HealthController, StaticController],
  providers: [PageService, Flood, Views, ProductsService, SessionSecret, Assets],
})
export class ProductpageModule {}
