import { RATINGS_UNAVAILABLE } from '@bookinfo/contract';
import { Inject, Injectable } from '@nestjs/common';
import { RatingsClient, type Stars } from './ratings.client.js';
import { type Rating, type Review, REVIEWS } from './review.js';
import { reviewsSettings, type Settings } from './settings.js';

@Injectable()
export class ReviewsService {
  constructor(
    @Inject(reviewsSettings.KEY) private readonly settings: Settings,
    private readonly ratings: RatingsClient,
  ) {}

  async find(id: number) {
    return {
      // A string, as in upstream's JSON.
      id: String(id),
      podname: this.settings.HOSTNAME,
      clustername: this.settings.CLUSTER_NAME,
      reviews: this.settings.ENABLE_RATINGS ? this.rated(await this.ratings.stars(id)) : REVIEWS,
    };
  }

  private rated(stars: Stars): Review[] {
    return REVIEWS.map((review) => ({ ...review, rating: this.rating(stars[review.reviewer]) }));
  }

  private rating(stars: number | undefined): Rating {
    if (stars === undefined) return { error: RATINGS_UNAVAILABLE };
    return { stars, color: this.settings.STAR_COLOR };
  }
}
