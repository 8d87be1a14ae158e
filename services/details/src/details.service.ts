import { InjectSettings } from '@bookinfo/service-kit';
import { Injectable } from '@nestjs/common';
import { SAMPLE_BOOK } from './book.js';
import { BookService } from './book-service.js';
import type { Settings } from './settings.js';

@Injectable()
export class DetailsService {
  constructor(
    @InjectSettings() private readonly settings: Settings,
    private readonly bookService: BookService,
  ) {}

  async find(id: number) {
    const book = this.settings.ENABLE_EXTERNAL_BOOK_SERVICE ? await this.bookService.find() : SAMPLE_BOOK;
    return { id, ...book };
  }
}
