/** The details of a book, in the order of upstream's JSON. */
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

/** The book that every product id has. */
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
