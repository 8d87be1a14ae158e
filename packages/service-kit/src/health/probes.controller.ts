import { LIVENESS_PATH, READINESS_PATH } from '@bookinfo/contract';
import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { Readiness } from './readiness.provider.js';

/** Responds to a kubelet's probes. `/health` is separate: it belongs to the sample, and v-unhealthy of ratings fails it. */
@Controller()
export class ProbesController {
  constructor(private readonly readiness: Readiness) {}

  @Get(LIVENESS_PATH)
  live() {
    return { status: 'alive' };
  }

  @Get(READINESS_PATH)
  ready() {
    if (this.readiness.isDraining) throw new ServiceUnavailableException({ error: 'draining' });
    return { status: 'ready' };
  }
}
