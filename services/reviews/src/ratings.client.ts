import { BACKEND_PATHS, RATINGS_TIMEOUT_MS } from '@bookinfo/contract';
import { InjectLogger, InjectSettings, type Logger, serviceUrl, UpstreamClient } from '@bookinfo/service-kit';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { REVIEWS } from './review.js';
import type { Settings } from './settings.js';

/** What isn't a number of stars is left out one by one: whoever rated rightly keeps theirs. */
const answerSchema = z
  .object({ ratings: z.record(z.string(), z.int().min(1).max(5).optional().catch(undefined)) })
  .catch({ ratings: {} });

/** A number of stars, from 1 to 5, by reviewer. */
export type Stars = z.infer<typeof answerSchema>['ratings'];

/** Asks ratings how many stars each reviewer gave. */
@Injectable()
export class RatingsClient {
  private readonly url: string;
  private readonly timeoutMs: number;

  constructor(
    @InjectSettings() settings: Settings,
    @InjectLogger() private readonly logger: Logger,
    private readonly upstream: UpstreamClient,
  ) {
    const { RATINGS_HOSTNAME, SERVICES_DOMAIN, RATINGS_SERVICE_PORT } = settings;
    this.url = `${serviceUrl(RATINGS_HOSTNAME, SERVICES_DOMAIN, RATINGS_SERVICE_PORT)}${BACKEND_PATHS.ratings}`;
    this.timeoutMs = RATINGS_TIMEOUT_MS[settings.STAR_COLOR === 'black' ? 'black' : 'otherColor'];
  }

  /** Leaves out each reviewer whose stars ratings doesn't give in time; a line in the log says why. */
  async stars(id: number): Promise<Stars> {
    try {
      const { status, body } = await this.upstream.getJson(`${this.url}/${id}`, {
        timeoutMs: this.timeoutMs,
      });
      if (status === 200) return this.read(body);
      this.logger.error(`Error: unable to contact ${this.url} got status of ${status}`);
    } catch (error) {
      this.logger.error(`Error: unable to contact ${this.url} got exception ${(error as Error).message}`);
    }
    return {};
  }

  private read(body: unknown): Stars {
    const { ratings } = answerSchema.parse(body);
    for (const { reviewer } of REVIEWS) {
      if (ratings[reviewer] === undefined) {
        this.logger.error(`Error: ${this.url} gave no whole number from 1 to 5 for ${reviewer}`);
      }
    }
    return ratings;
  }
}
