const MAX_LENGTH = 80;

/** A value as a message can carry it: on one line, and short. */
export function showValue(input: unknown): string {
  if (Array.isArray(input)) return input.length === 0 ? '[]' : 'a list';
  if (typeof input === 'object' && input !== null) return 'an object';
  const text = typeof input === 'string' ? JSON.stringify(input) : String(input);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}...` : text;
}
