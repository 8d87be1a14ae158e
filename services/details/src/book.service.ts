import { InjectLogger, type Logger, UpstreamClient, UpstreamError } from '@bookinfo/service-kit';
import { BadGatewayException, Inject, Injectable } from '@nestjs/common';
import type { Book } from './book.js';
import { detailsSettings, type Settings } from './settings.js';
import { toBook, VolumeError } from './volume.js';

/** A printed edition of The Comedy of Errors. */
const ISBN = '0486424618';

const TIMEOUT_MS = 5000;

/** Looks the book up with Google Books, or a server with the same interface. */
@Injectable()
export class BookService {
  private readonly url: string;

  constructor(
    @Inject(detailsSettings.KEY) { BOOK_SERVICE_URL }: Settings,
    @InjectLogger() private readonly logger: Logger,
    private readonly upstream: UpstreamClient,
  ) {
    this.url = `${BOOK_SERVICE_URL}/books/v1/volumes?q=isbn:${ISBN}`;
  }

  /** @throws {BadGatewayException} when there is no usable response; the message has the reason */
  async find(): Promise<Book> {
    try {
      const { status, body } = await this.upstream.getJson(this.url, {
        timeoutMs: TIMEOUT_MS,
        // Upstream sends every header; a third party must not get those that identify the user.
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
