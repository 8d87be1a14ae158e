import { Module } from '@nestjs/common';
import { ProductsModule } from '../products/products.module.js';
import { StaticModule } from '../static/static.module.js';
import { LoadGeneratorService } from './load-generator.service.js';
import { PageController } from './page.controller.js';
import { PageService } from './page.service.js';
import { ViewsService } from './views.service.js';

@Module({
  imports: [ProductsModule, StaticModule],
  controllers: [PageController],
  providers: [PageService, LoadGeneratorService, ViewsService],
  exports: [ViewsService],
})
export class PageModule {}
