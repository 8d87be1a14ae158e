/** What is told of a book, in the order in which upstream's JSON tells it. */
export interface Book {
  author: string;
  year: number;
  type: 'paperback' | 'unknown';
  pages: number;
  publisher: string;
  language: 'English' | 'unknown';
  'ISBN-10': string;
  'ISBN-13': string;
}

/** The shop's only book, known by every id. */
export const SAMPLE_BOOK: Book = {
  author: 'William Shakespeare',
  year: 1595,
  type: 'paperback',
  pages: 200,
  publisher: 'PublisherA',
  language: 'English',
  'ISBN-10': '1234567890',
  'ISBN-13': '123-1234567890',
};
