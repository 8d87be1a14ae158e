import { setTimeout as sleep } from 'node:timers/promises';
import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { defineService } from '../service/define-service.js';
import { commonSettings } from '../settings/common-settings.js';
import { UpstreamClient } from '../upstream/upstream-client.js';

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

  @Get('slow')
  async slow(@Query('ms') ms: string) {
    await sleep(Number(ms));
    return { slow: true };
  }

  @Get('call')
  call(@Query('url') url: string, @Query('ms') ms = '1000', @Query('to') to: 'mesh' | 'external' = 'mesh') {
    return this.upstream.getJson(url, { timeoutMs: Number(ms), destination: to }).catch((error: Error) => ({
      failure: error.message,
    }));
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

/** The smallest service there can be: what the kit's own tests run. */
export const echo = defineService({ app: 'echo', settings: z.object(commonSettings), module: EchoModule });
