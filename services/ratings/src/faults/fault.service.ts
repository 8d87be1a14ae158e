import { Clock, Random } from '@bookinfo/service-kit';
import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { ratingsSettings, type Settings } from '../settings.js';

const DELAY_MS = 7000;
const UNAVAILABLE_PHASE_MS = 60_000;
/** Longer than the 10 minutes after which the kubelet resets a container's restart back-off. */
const UNHEALTHY_PHASE_MS = 15 * 60_000;

/** Injects the faults of the versions that fail on purpose; other versions have none. */
@Injectable()
export class FaultService {
  private readonly startedAt: number;

  constructor(
    @Inject(ratingsSettings.KEY) private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {
    this.startedAt = clock.now();
  }

  /**
   * Delays or fails a request for ratings, as the version does.
   *
   * @throws {ServiceUnavailableException} when the version makes the request fail
   */
  async inject(): Promise<void> {
    switch (this.settings.SERVICE_VERSION) {
      case 'v-faulty':
        if (this.random.next() < 0.5) throw unavailable();
        break;
      case 'v-delayed':
        if (this.random.next() < 0.5) await this.clock.sleep(DELAY_MS);
        break;
      case 'v-unavailable':
        if (this.isFailingPhase(UNAVAILABLE_PHASE_MS)) throw unavailable();
        break;
      case 'v-unhealthy':
        if (!this.isHealthy) throw unavailable();
        break;
    }
  }

  /** The health that `/health` reports; the kubelet's probes never fail on purpose. */
  get isHealthy(): boolean {
    return this.settings.SERVICE_VERSION !== 'v-unhealthy' || !this.isFailingPhase(UNHEALTHY_PHASE_MS);
  }

  /** Working and failing phases of the same length alternate, from the start of the service on. */
  private isFailingPhase(lengthMs: number): boolean {
    return Math.floor((this.clock.now() - this.startedAt) / lengthMs) % 2 === 1;
  }
}

function unavailable() {
  return new ServiceUnavailableException({ error: 'Service unavailable' });
}
