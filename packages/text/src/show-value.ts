import { printable } from './printable.js';

/** Limit of a value in a message, in characters. */
const MAX_LENGTH = 80;

/** Returns a value for a message: on one line, and at most 80 characters and an ellipsis. */
export function showValue(input: unknown): string {
  if (Array.isArray(input)) return input.length === 0 ? '[]' : 'a list';
  if (typeof input === 'object' && input !== null) return 'an object';
  const text = typeof input === 'string' ? printable(JSON.stringify(input)) : String(input);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}...` : text;
}
