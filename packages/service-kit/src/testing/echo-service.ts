import { Readable } from 'node:stream';
import { Body, Controller, Get, Module, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { defineService } from '../service/define-service.js';
import { commonSettings } from '../settings/common-settings.js';
import { defineSettings } from '../settings/define-settings.js';
import { UpstreamClient } from '../upstream/upstream.client.js';

@Controller()
class EchoController {
  constructor(private readonly upstream: UpstreamClient) {}

  @Get('echo/:text')
  echo(@Param('text') text: string) {
    return { text };
  }

  @Post('echo')
  post(@Body() body: unknown) {
    return { body };
  }

  @Get('broken')
  broken() {
    throw new Error('a secret detail');
  }

  @Get('call')
  call(@Query('url') url: string, @Query('ms') ms = '1000', @Query('to') to: 'mesh' | 'external' = 'mesh') {
    return this.upstream.getJson(url, { timeoutMs: Number(ms), destination: to }).catch((error: Error) => ({
      failure: error.message,
    }));
  }

  @Get('stream')
  stream(@Query('url') url: string) {
    return new StreamableFile(Readable.from(this.parts(url)));
  }

  private async *parts(url: string) {
    yield 'begin ';
    await this.upstream.getJson(url, { timeoutMs: 600_000 });
    yield 'end';
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

/** The service that service-kit's own tests run. */
export const echo = defineService({
  app: 'echo',
  settings: defineSettings(z.object(commonSettings)),
  module: EchoModule,
});
