/** Reads `name: value` lines; a line without a colon is a name with an empty value. */
export function parseHeaders(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const [name = '', ...value] = line.split(':');
      return name.trim() ? [[name.trim(), value.join(':').trim()]] : [];
    }),
  );
}
