import { LIVENESS_PATH, READINESS_PATH } from '@bookinfo/contract';
import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { Readiness } from './readiness.js';

/** For a kubelet. Apart from each service's `/health`, which is part of the sample and may be made to fail. */
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
