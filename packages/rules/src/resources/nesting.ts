import { Lexer } from 'yaml';

/** The deepest nesting that is read. A resource has about a dozen levels. */
const MAX_DEPTH = 200;
/** The indicators of block collections, which nest when they follow each other in a line: `- - -`. */
const BLOCK_INDICATORS = ['-', '?'];

/**
 * Returns the offset at which a YAML text nests too deeply; undefined when it does not. It reads tokens only, and stops there:
 * the parser takes half a second for a file of brackets. Block collections that nest by indentation need quadratic space, which
 * the limit of the file's size bounds.
 */
export function tooDeepAt(text: string): number | undefined {
  let offset = 0;
  let brackets = 0;
  let indicators = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets += 1;
    else if (token === ']' || token === '}') brackets -= 1;
    else if (BLOCK_INDICATORS.includes(token)) indicators += 1;
    else if (token.endsWith('\n')) indicators = 0;
    if (brackets + indicators > MAX_DEPTH) return offset;
    // Marks of the lexer itself, such as the one before a scalar, take no space in the text.
    if (text.startsWith(token, offset)) offset += token.length;
  }
  return undefined;
}
