import { BACKEND_PATHS, RATINGS_TIMEOUT_MS } from '@bookinfo/contract';
import { InjectLogger, type Logger, serviceUrl, UpstreamClient } from '@bookinfo/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { REVIEWS } from './review.js';
import { reviewsSettings, type Settings } from './settings.js';

/** Drops each invalid rating by itself, so that the other reviewers keep theirs. */
const responseSchema = z
  .object({ ratings: z.record(z.string(), z.int().min(1).max(5).optional().catch(undefined)) })
  .catch({ ratings: {} });

/** Numbers of stars, from 1 to 5, by reviewer. */
export type Stars = z.infer<typeof responseSchema>['ratings'];

/** Gets each reviewer's stars from ratings. */
@Injectable()
export class RatingsClient {
  private readonly url: string;
  private readonly timeoutMs: number;

  constructor(
    @Inject(reviewsSettings.KEY)
    { RATINGS_HOSTNAME, SERVICES_DOMAIN, RATINGS_SERVICE_PORT, STAR_COLOR }: Settings,
    @InjectLogger() private readonly logger: Logger,
    private readonly upstream: UpstreamClient,
  ) {
    this.url = `${serviceUrl(RATINGS_HOSTNAME, SERVICES_DOMAIN, RATINGS_SERVICE_PORT)}${BACKEND_PATHS.ratings}`;
    this.timeoutMs = RATINGS_TIMEOUT_MS[STAR_COLOR === 'black' ? 'black' : 'otherColor'];
  }

  /** Returns the stars of a product; a reviewer without valid stars is missing, and the log has the reason. */
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
    const { ratings } = responseSchema.parse(body);
    for (const { reviewer } of REVIEWS) {
      if (ratings[reviewer] === undefined) {
        this.logger.error(`Error: ${this.url} gave no whole number from 1 to 5 for ${reviewer}`);
      }
    }
    return ratings;
  }
}
