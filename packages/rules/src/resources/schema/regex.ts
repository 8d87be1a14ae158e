import { RE2JS, RE2JSException } from 're2js';
import { z } from 'zod';

/** Istio's limit, in characters (pkg/config/validation/virtualservice.go). */
const MAX_LENGTH = 1024;

/** A regular expression of RE2, as Envoy compiles it: without look-around and back-references. */
export const regex = z
  .custom<string>((input) => syntaxError(input) === undefined, {
    error: ({ input }) => `a regular expression in RE2 syntax: ${syntaxError(input)}`,
    abort: true,
  })
  .describe(`a regular expression in RE2 syntax, of at most ${MAX_LENGTH} characters`);

function syntaxError(input: unknown): string | undefined {
  if (typeof input !== 'string') return 'a string is needed';
  if (input === '') return 'it is empty ({} matches any value)';
  if (input.length > MAX_LENGTH) {
    return `it has ${input.length} characters, at most ${MAX_LENGTH} are allowed`;
  }
  try {
    RE2JS.compile(input);
    return undefined;
  } catch (cause) {
    if (cause instanceof RE2JSException) return cause.message.replace('error parsing regexp: ', '');
    throw cause;
  }
}
