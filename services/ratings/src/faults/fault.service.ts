import { InjectSettings } from '@bookinfo/service-kit';
import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import type { Settings } from '../settings.js';
import { Clock } from './clock.js';
import { Random } from './random.js';

const DELAY_MS = 7000;
const UNAVAILABLE_SPELL_MS = 60_000;
/** Longer than the 10 minutes after which Kubernetes forgets that a container has crashed before. */
const UNHEALTHY_SPELL_MS = 15 * 60_000;

/** What goes wrong on purpose in the fault versions; other versions have none. */
@Injectable()
export class Fault {
  private readonly startedAt: number;

  constructor(
    @InjectSettings() private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {
    this.startedAt = clock.now();
  }

  /** Goes before every answer with ratings. */
  async strike(): Promise<void> {
    switch (this.settings.SERVICE_VERSION) {
      case 'v-faulty':
        if (this.random.next() < 0.5) throw unavailable();
        break;
      case 'v-delayed':
        if (this.random.next() < 0.5) await this.clock.sleep(DELAY_MS);
        break;
      case 'v-unavailable':
        if (this.isBadSpell(UNAVAILABLE_SPELL_MS)) throw unavailable();
        break;
      case 'v-unhealthy':
        if (!this.isHealthy) throw unavailable();
        break;
    }
  }

  /** What `/health` tells; the kubelet's probes are never made to fail. */
  get isHealthy(): boolean {
    return this.settings.SERVICE_VERSION !== 'v-unhealthy' || !this.isBadSpell(UNHEALTHY_SPELL_MS);
  }

  /** Good and bad spells of one length take turns; the first one is good. */
  private isBadSpell(lengthMs: number): boolean {
    return Math.floor((this.clock.now() - this.startedAt) / lengthMs) % 2 === 1;
  }
}

function unavailable() {
  return new ServiceUnavailableException({ error: 'Service unavailable' });
}
