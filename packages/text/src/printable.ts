/** Control characters, C1 and line separators included: in the name of a rule they could control a terminal or forge lines. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Returns the text with each control character as `\u001b`, as JSON writes it: safe to print on one line. */
export function printable(text: string): string {
  return text.replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Returns text of several lines with each control character but its line feeds escaped. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
