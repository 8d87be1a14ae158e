import { PRODUCTPAGE_PATHS } from '@bookinfo/contract';
import { Controller, Get, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AssetsService } from './assets.service.js';

/** Serves the files that pages refer to. */
@Controller(PRODUCTPAGE_PATHS.static)
export class StaticController {
  constructor(private readonly assets: AssetsService) {}

  // Needs the reply, because the headers depend on the file.
  @Get(':name')
  find(
    @Param('name') name: string,
    @Query('v') hash: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asset = this.assets.find(name);
    if (!asset) throw new NotFoundException({ error: 'not found' });
    // During a rollout a client can request the URL of another version here; caches must not keep ours under it.
    const caching = hash === asset.hash ? 'public, max-age=31536000, immutable' : 'no-cache';
    void reply.header('cache-control', caching).type(asset.type);
    return asset.body;
  }
}
