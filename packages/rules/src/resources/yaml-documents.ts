import { LineCounter, parseAllDocuments, type Document } from 'yaml';
import { fieldPositions, type FieldPositions } from './field-positions.js';
import type { Origin } from '@bookinfo/text';
import type { Problem } from './problem.js';

/** A file as somebody gave it: the name that problems show, and its text. */
export interface Source {
  file: string;
  text: string;
}

/** One document of a YAML file as plain data. */
export interface YamlDocument {
  value: unknown;
  positions: FieldPositions;
  start: Origin;
}

/** Read in about 0.3 s, during which a mesh that is handed the file answers nobody; the largest shipped file has 14 KiB. */
const MAX_FILE_BYTES = 256 * 1024;
/** Uses of an alias, multiplied along nested ones; a "billion laughs" file passes it at once. */
const MAX_ALIAS_COUNT = 100;
/** Control characters that YAML does not allow (YAML 1.2.2, 5.1), and what decoding leaves of bytes that are not UTF-8. */
// oxlint-disable-next-line no-control-regex -- they are what it looks for
const NOT_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;

/** The documents of a file, empty ones left out, and in `problems`, empty at first, what cannot be read. */
export function readYamlDocuments(source: Source, problems: Problem[]): YamlDocument[] {
  const { file, text } = source;
  const refusal = whyNotYaml(source);
  if (refusal) {
    problems.push(refusal);
    return [];
  }
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false, // fieldPositions checks it
  });
  const documents = [...parsed].flatMap((document) => readDocument(document, file, lines, problems));
  if (documents.length === 0 && problems.length === 0) {
    const message = 'the file holds no resource (write a YAML document with apiVersion, kind and metadata)';
    problems.push({ file, line: 1, column: 1, message });
  }
  return documents;
}

function whyNotYaml({ file, text }: Source): Problem | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_FILE_BYTES) {
    const message = `the file has ${bytes} bytes, at most ${MAX_FILE_BYTES} (256 KiB) are read`;
    return { file, line: 1, column: 1, message };
  }
  const garbage = NOT_TEXT.exec(text);
  if (!garbage) return undefined;
  const before = text.slice(0, garbage.index).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return { file, line: before.length, column, message: 'this is not a text file in UTF-8' };
}

function readDocument(
  document: Document.Parsed,
  file: string,
  lines: LineCounter,
  problems: Problem[],
): YamlDocument[] {
  const originAt = (offset: number): Origin => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  // A warning is a tag that is not known, whose value would be taken as if the tag were not there.
  const [error] = [...document.errors, ...document.warnings];
  if (error) {
    const reason = error.code === 'RESOURCE_EXHAUSTION' ? 'it is nested too deeply' : error.message;
    problems.push({ ...originAt(error.pos[0]), message: `this is not YAML: ${reason}` });
    return [];
  }
  const start = originAt(document.contents?.range[0] ?? 0);
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIAS_COUNT });
    if (value === null) return [];
    JSON.stringify(value); // an alias to what it is inside of would make every later walk endless
    return [{ value, positions: fieldPositions(document.contents, file, lines, problems), start }];
  } catch (cause) {
    problems.push({ ...start, message: `this document is refused: ${reasonOf(cause)}` });
    return [];
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof RangeError) return 'it is nested too deeply';
  if (cause instanceof ReferenceError) return cause.message; // an alias without an anchor, or too many of them
  return 'an alias stands inside of what it refers to';
}
