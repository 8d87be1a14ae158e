import { BadRequestException, type PipeTransform } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { isStars, type Ratings } from './ratings.js';

const MOST_NAMES = 100;
const LONGEST_NAME = 100;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Hands every body on as bytes: upstream reads JSON whatever the Content-Type says, so that `curl -d` works. */
export async function takeAnyBody(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/**
 * Reads the body of a POST: an object of at most 100 reviewers' names, each with a whole number from 1 to 5.
 *
 * @throws BadRequestException saying what is wrong, after upstream's words
 */
export class RatingsBodyPipe implements PipeTransform<Buffer | undefined, Ratings> {
  transform(body: Buffer | undefined): Ratings {
    const given = parse(body ?? Buffer.alloc(0));
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      throw refusal('an object is needed, of reviewers and their stars');
    }
    const entries = Object.entries(given);
    if (entries.length > MOST_NAMES) throw refusal(`${entries.length} reviewers are more than ${MOST_NAMES}`);
    if (entries.some(([name]) => name.length > LONGEST_NAME)) {
      throw refusal(`a reviewer's name is longer than ${LONGEST_NAME} characters`);
    }
    const wrong = entries.find(([, stars]) => !isStars(stars));
    if (wrong) throw refusal(`the stars of ${JSON.stringify(wrong[0])} are not a whole number from 1 to 5`);
    return given as Ratings;
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch (cause) {
    throw refusal('this is not JSON in UTF-8', cause);
  }
}

function refusal(problem: string, cause?: unknown) {
  return new BadRequestException({ error: `please provide valid ratings JSON: ${problem}` }, { cause });
}
