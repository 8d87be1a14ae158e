import type { Clock, Logger } from '@bookinfo/service-kit';
import {
  NotImplementedException,
  type OnApplicationShutdown,
  ServiceUnavailableException,
} from '@nestjs/common';
import { isStars, type Ratings } from '../ratings.js';
import type { Database } from './database.js';
import { RatingsStore } from './ratings.store.js';
import { within } from './within.js';

/** Limit of a read, below productpage's timeout of 3 s: productpage gets an error, not a timeout. */
const TIMEOUT_MS = 2000;

/** Reads the same two ratings for every product from a database. Each read is new, so that a restored database is used at once. */
export class DatabaseStore extends RatingsStore implements OnApplicationShutdown {
  constructor(
    private readonly type: string,
    private readonly database: Database,
    private readonly logger: Logger,
    private readonly clock: Clock,
  ) {
    super();
  }

  async get(): Promise<Ratings> {
    const [first, second] = await this.firstTwo();
    if (!isStars(first) || !isStars(second)) throw this.unavailable('holds no two ratings from 1 to 5');
    return { Reviewer1: first, Reviewer2: second };
  }

  set(): never {
    throw new NotImplementedException({ error: 'ratings of a database can only be read' });
  }

  // Not onModuleDestroy: Nest calls that while requests are still in flight.
  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }

  private async firstTwo(): Promise<unknown[]> {
    try {
      return await within(this.clock, TIMEOUT_MS, this.database.firstTwo());
    } catch (cause) {
      // A refused connection to a host with two addresses has a code, but no message.
      const { message, code } = cause as NodeJS.ErrnoException;
      throw this.unavailable('cannot be read', message || code, cause);
    }
  }

  private unavailable(problem: string, detail?: string, cause?: unknown) {
    const error = `the ${this.type} database ${problem}`;
    this.logger.error(detail ? `${error}: ${detail}` : error);
    return new ServiceUnavailableException({ error }, { cause });
  }
}
