import { z } from 'zod';
import type { Book } from './book.js';

/** A response of Google Books without a usable book. */
export class VolumeError extends Error {
  override name = 'VolumeError';
}

const identifier = z.object({ type: z.string(), identifier: z.string() });

const responseSchema = z.object({
  items: z.tuple(
    [
      z.object({
        volumeInfo: z.object({
          authors: z.tuple([z.string()], z.unknown()),
          // A year, a month or a day: 1595, 1595-04 or 1595-04-23.
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
 * Converts the first volume in a response of Google Books to a book.
 *
 * @throws {VolumeError} when fields are missing or wrong; the message names them
 */
export function toBook(response: unknown): Book {
  const parsed = responseSchema.safeParse(response);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'the response');
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
