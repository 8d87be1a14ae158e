import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { Readiness } from './readiness.js';

/** For a kubelet. Apart from each service's `/health`, which is part of the sample and may be made to fail. */
@Controller()
export class ProbesController {
  constructor(private readonly readiness: Readiness) {}

  @Get('livez')
  live() {
    return { status: 'alive' };
  }

  @Get('readyz')
  ready() {
    if (this.readiness.isDraining) throw new ServiceUnavailableException({ error: 'draining' });
    return { status: 'ready' };
  }
}
