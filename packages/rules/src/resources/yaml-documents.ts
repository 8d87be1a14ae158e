import { LineCounter, parseAllDocuments, type Document } from 'yaml';
import { fieldPositions, type FieldPositions } from './field-positions.js';
import { readAsKubectl } from './kubectl-reading.js';
import type { Origin } from '@bookinfo/text';
import { tooDeepAt } from './nesting.js';
import { MAX_PROBLEMS, type Notice, type Problem } from './problem.js';

/** The name of a file, for problems, and its text. */
export interface Source {
  file: string;
  text: string;
}

/** One document of a YAML file as plain data. */
export interface YamlDocument {
  value: unknown;
  positions: FieldPositions;
  start: Origin;
  /** The scalars that kubectl reads in another way than YAML 1.2 does. */
  notices: Notice[];
}

/** Limit of a file, in bytes: parsing takes about 0.3 s. The largest file of deploy/ has 14 KiB. */
const MAX_FILE_BYTES = 256 * 1024;
/** Uses of an alias, multiplied along nested ones; a "billion laughs" file passes it at once. */
const MAX_ALIAS_COUNT = 100;
/** Control characters that YAML does not allow (YAML 1.2.2, 5.1), and the replacement character of bytes that are not UTF-8. */
// oxlint-disable-next-line no-control-regex -- the pattern has to match them
const NOT_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;

/**
 * Returns the documents of a file as kubectl reads them (YAML 1.1 with merge keys), without empty ones, and adds syntax errors to
 * `problems`, which must be empty.
 */
export function readYamlDocuments(source: Source, problems: Problem[]): YamlDocument[] {
  const { file, text } = source;
  const refusal = unreadableReason(source);
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
    schema: 'core', // for a file with the directive %YAML 1.1 too; readAsKubectl follows
    merge: true,
  });
  const documents: YamlDocument[] = [];
  for (const document of parsed) {
    if (problems.length > MAX_PROBLEMS) break;
    documents.push(...readDocument(document, file, lines, problems));
  }
  if (documents.length === 0 && problems.length === 0) {
    const message = 'the file holds no resource (write a YAML document with apiVersion, kind and metadata)';
    problems.push({ file, line: 1, column: 1, message });
  }
  return documents;
}

function unreadableReason({ file, text }: Source): Problem | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_FILE_BYTES) {
    const message = `the file has ${bytes} bytes, at most ${MAX_FILE_BYTES} (256 KiB) are read`;
    return { file, line: 1, column: 1, message };
  }
  const garbage = NOT_TEXT.exec(text);
  if (garbage) return { ...originIn(text, garbage.index, file), message: 'this is not a text file in UTF-8' };
  const deep = tooDeepAt(text);
  if (deep === undefined) return undefined;
  return { ...originIn(text, deep, file), message: 'this is not YAML: the nesting is too deep' };
}

function originIn(text: string, offset: number, file: string): Origin {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
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
  // A warning is an unknown tag, which the parser ignores.
  const [error] = [...document.errors, ...document.warnings];
  if (error) {
    const reason = error.code === 'RESOURCE_EXHAUSTION' ? 'the nesting is too deep' : error.message;
    problems.push({ ...originAt(error.pos[0]), message: `this is not YAML: ${reason}` });
    return [];
  }
  const start = originAt(document.contents?.range[0] ?? 0);
  try {
    const notices = readAsKubectl(document.contents).map(({ at, message }): Notice => ({
      ...originAt(at),
      level: 'warning',
      message,
    }));
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIAS_COUNT });
    if (value === null) return [];
    JSON.stringify(value); // throws for an alias inside the node that it refers to, on which every later walk would be endless
    return [{ value, positions: fieldPositions(document, file, lines, problems), start, notices }];
  } catch (cause) {
    problems.push({ ...start, message: `this document is refused: ${reasonOf(cause)}` });
    return [];
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof RangeError) return 'the nesting is too deep';
  if (cause instanceof ReferenceError) return cause.message; // an alias without an anchor, or too many of them
  if (cause instanceof Error && cause.message.startsWith('Merge sources'))
    return 'the value of "<<" is not an object';
  return 'an alias is inside the node that it refers to';
}
