const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that XML 1.0 forbids (section 2.2), escaped or not; HTML has no use for them either. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Replaces characters that XML forbids, lone surrogates included, by U+FFFD. */
export function replaceForbiddenCharacters(text: string): string {
  return text.toWellFormed().replace(FORBIDDEN, '\ufffd');
}

/** Escapes a text for XML, as content or as a quoted attribute. */
export function escapeXml(text: string): string {
  return replaceForbiddenCharacters(text).replace(
    /[&<>"']/g,
    (character) => ENTITIES[character] ?? character,
  );
}
