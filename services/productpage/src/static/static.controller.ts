import { PRODUCTPAGE_PATHS } from '@bookinfo/contract';
import { Controller, Get, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Assets } from './assets.js';

@Controller(PRODUCTPAGE_PATHS.static)
export class StaticController {
  constructor(private readonly assets: Assets) {}

  @Get(':name')
  find(@Param('name') name: string, @Query('v') hash: unknown, @Res() reply: FastifyReply) {
    const asset = this.assets.find(name);
    if (!asset) throw new NotFoundException({ error: 'not found' });
    // During a roll-out a replica may be asked for the other version's file: nobody may keep ours under that name.
    const caching = hash === asset.hash ? 'public, max-age=31536000, immutable' : 'no-cache';
    void reply.header('cache-control', caching).type(asset.type).send(asset.body);
  }
}
