import { Module } from '@nestjs/common';
import { PageModule } from '../page/page.module.js';
import { SessionSecret } from './session-secret.provider.js';
import { SessionController } from './session.controller.js';

@Module({ imports: [PageModule], controllers: [SessionController], providers: [SessionSecret] })
export class SessionModule {}
