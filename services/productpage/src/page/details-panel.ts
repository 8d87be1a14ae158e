import { z } from 'zod';

/** A line of the book's details. */
export interface Detail {
  label: string;
  value: string | number;
}

/** Parses a response of details into lines, in the order of the page. */
export const detailsPanel = z
  .object({
    author: z.string(),
    year: z.number(),
    type: z.string(),
    pages: z.number(),
    publisher: z.string(),
    language: z.string(),
    'ISBN-10': z.string(),
    'ISBN-13': z.string(),
  })
  .transform((book): Detail[] => [
    { label: 'Author', value: book.author },
    { label: 'Year', value: book.year },
    { label: 'Type', value: book.type },
    { label: 'Pages', value: book.pages },
    { label: 'Publisher', value: book.publisher },
    { label: 'Language', value: book.language },
    { label: 'ISBN-10', value: book['ISBN-10'] },
    { label: 'ISBN-13', value: book['ISBN-13'] },
  ]);
