import { Module } from '@nestjs/common';
import { AssetsService } from './assets.service.js';
import { StaticController } from './static.controller.js';

@Module({ controllers: [StaticController], providers: [AssetsService], exports: [AssetsService] })
export class StaticModule {}
