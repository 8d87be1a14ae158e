import { healthController } from '@bookinfo/service-kit';
import { Module } from '@nestjs/common';
import { PageModule } from './page/page.module.js';
import { ProductsModule } from './products/products.module.js';
import { SessionModule } from './session/session.module.js';
import { StaticModule } from './static/static.module.js';

@Module({
  imports: [PageModule, SessionModule, ProductsModule, StaticModule],
  controllers: [healthController('Product page is healthy')],
})
export class ProductpageModule {}
