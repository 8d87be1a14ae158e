import { Inject, Injectable } from '@nestjs/common';
import { SAMPLE_BOOK } from './book.js';
import { BookService } from './book.service.js';
import { detailsSettings, type Settings } from './settings.js';

@Injectable()
export class DetailsService {
  constructor(
    @Inject(detailsSettings.KEY) private readonly settings: Settings,
    private readonly bookService: BookService,
  ) {}

  async find(id: number) {
    const book = this.settings.ENABLE_EXTERNAL_BOOK_SERVICE ? await this.bookService.find() : SAMPLE_BOOK;
    return { id, ...book };
  }
}
