import { BadRequestException, Injectable, type PipeTransform } from '@nestjs/common';

/** Letters, marks, numbers, punctuation, symbols and plain spaces: no character that hides or reorders others. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,100}$/u;

/** Decoders put it in place of bytes that aren't UTF-8. */
const REPLACEMENT_CHARACTER = '\uFFFD';

/** A sign-in without a valid user name. */
export class InvalidUserName extends BadRequestException {}

/** Returns a user name without surrounding spaces; undefined when `input` is not a valid one. */
export function parseUserName(input: unknown): string | undefined {
  if (typeof input !== 'string') return undefined;
  const name = input.trim();
  return PRINTABLE.test(name) && !name.includes(REPLACEMENT_CHARACTER) ? name : undefined;
}

/** Parses the user name of a sign-in. */
@Injectable()
export class UserNamePipe implements PipeTransform<unknown, string> {
  /** @throws {InvalidUserName} when it is not a valid name */
  transform(input: unknown): string {
    const name = parseUserName(input);
    if (name === undefined) throw new InvalidUserName();
    return name;
  }
}
