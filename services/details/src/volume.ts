import { z } from 'zod';
import type { Book } from './book.js';

/** A search result of Google Books lacks what a book needs. */
export class VolumeError extends Error {
  override name = 'VolumeError';
}

const identifier = z.object({ type: z.string(), identifier: z.string() });

const answerSchema = z.object({
  items: z.tuple(
    [
      z.object({
        volumeInfo: z.object({
          authors: z.tuple([z.string()], z.unknown()),
          // A year, a month or a day, as 1595, 1595-04 or 1595-04-23.
          publishedDate: z.string().regex(/^\d{4}\b/),
          printType: z.string(),
          pageCount: z.int().positive(),
          publisher: z.string(),
          language: z.string(),
          industryIdentifiers: z.array(identifier),
        }),
      }),
    ],
    z.unknown(),
  ),
});

/**
 * The first volume of a Google Books search, as a book.
 *
 * @throws VolumeError naming each field that is missing or wrong
 */
export function toBook(answer: unknown): Book {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'the answer');
    throw new VolumeError(`missing or wrong: ${fields.join(', ')}`);
  }
  const { volumeInfo } = parsed.data.items[0];
  return {
    author: volumeInfo.authors[0],
    year: Number(volumeInfo.publishedDate.slice(0, 4)),
    type: volumeInfo.printType === 'BOOK' ? 'paperback' : 'unknown',
    pages: volumeInfo.pageCount,
    publisher: volumeInfo.publisher,
    language: volumeInfo.language === 'en' ? 'English' : 'unknown',
    'ISBN-10': isbn(volumeInfo.industryIdentifiers, 'ISBN_10'),
    'ISBN-13': isbn(volumeInfo.industryIdentifiers, 'ISBN_13'),
  };
}

function isbn(identifiers: z.infer<typeof identifier>[], type: 'ISBN_10' | 'ISBN_13'): string {
  const found = identifiers.find((each) => each.type === type);
  if (!found) throw new VolumeError(`missing or wrong: ${type}`);
  return found.identifier;
}
