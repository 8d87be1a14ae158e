import { BadRequestException, type PipeTransform } from '@nestjs/common';
import { isStars, type Ratings } from './ratings.js';

const MAX_NAMES = 100;
const MAX_NAME_LENGTH = 100;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Parses the body of a POST: an object of at most 100 reviewers' names, each with a whole number from 1 to 5. */
export class RatingsBodyPipe implements PipeTransform<Buffer | undefined, Ratings> {
  /** @throws {BadRequestException} when the body is anything else; the reason follows upstream's message */
  transform(body: Buffer | undefined): Ratings {
    const ratings = parse(body ?? Buffer.alloc(0));
    if (typeof ratings !== 'object' || ratings === null || Array.isArray(ratings)) {
      throw invalid('an object is needed, of reviewers and their stars');
    }
    const entries = Object.entries(ratings);
    if (entries.length > MAX_NAMES) throw invalid(`${entries.length} reviewers are more than ${MAX_NAMES}`);
    if (entries.some(([name]) => name.length > MAX_NAME_LENGTH)) {
      throw invalid(`a reviewer's name is longer than ${MAX_NAME_LENGTH} characters`);
    }
    const wrong = entries.find(([, stars]) => !isStars(stars));
    if (wrong) throw invalid(`the stars of ${JSON.stringify(wrong[0])} are not a whole number from 1 to 5`);
    return ratings as Ratings;
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch (cause) {
    throw invalid('this is not JSON in UTF-8', cause);
  }
}

function invalid(problem: string, cause?: unknown) {
  return new BadRequestException({ error: `please provide valid ratings JSON: ${problem}` }, { cause });
}
