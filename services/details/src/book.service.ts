import {
  InjectLogger,
  InjectSettings,
  type Logger,
  UpstreamClient,
  UpstreamError,
} from '@bookinfo/service-kit';
import { BadGatewayException, Injectable } from '@nestjs/common';
import type { Book } from './book.js';
import type { Settings } from './settings.js';
import { toBook, VolumeError } from './volume.js';

/** A printed edition of The Comedy of Errors. */
const ISBN = '0486424618';

const TIMEOUT_MS = 5000;

/** Looks the book up with Google Books, or a server that answers alike. */
@Injectable()
export class BookService {
  private readonly url: string;

  constructor(
    @InjectSettings() settings: Settings,
    @InjectLogger() private readonly logger: Logger,
    private readonly upstream: UpstreamClient,
  ) {
    this.url = `${settings.BOOK_SERVICE_URL}/books/v1/volumes?q=isbn:${ISBN}`;
  }

  /** @throws BadGatewayException saying why the answer could not be used */
  async find(): Promise<Book> {
    try {
      const { status, body } = await this.upstream.getJson(this.url, {
        timeoutMs: TIMEOUT_MS,
        // A third party must not see who is signed in, though upstream sends it all headers.
        destination: 'external',
      });
      if (status !== 200) throw new VolumeError(`status ${status} instead of 200`);
      return toBook(body);
    } catch (error) {
      this.logger.warn(`book service: ${(error as Error).message}`);
      throw new BadGatewayException(
        { error: `the book service gave no book: ${reason(error)}` },
        { cause: error },
      );
    }
  }
}

function reason(error: unknown): string {
  if (error instanceof VolumeError) return error.message;
  if (error instanceof UpstreamError) return error.failure;
  throw error;
}
