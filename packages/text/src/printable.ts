/** Control characters, C1 and the line separators too: from a rule's name they could steer a terminal or forge lines. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Text from outside, safe to print on one line: each control character as `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(CONTROL, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
