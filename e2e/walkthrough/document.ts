import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/repository.ts';

/** The columns of docs/walkthrough.md. */
export const COLUMNS = ['laptop', 'compose', 'kubernetes'] as const;
export type Column = (typeof COLUMNS)[number];

/** A command of the document, and the lines that are seen below it; none where the document shows none. */
export interface Step {
  line: number;
  command: string;
  seen: string[];
}

/**
 * Returns the commands of a column of docs/walkthrough.md in their order. They are in blocks that begin with "```console", which
 * name the columns that they are for, or none when they are for all.
 *
 * @throws {Error} when a block names a column that does not exist, or begins with something else than a command.
 */
export function stepsOf(column: Column): Step[] {
  return parseSteps(readFileSync(join(root, 'docs/walkthrough.md'), 'utf8'), column);
}

/** As `stepsOf`, of a text. */
export function parseSteps(text: string, column: Column): Step[] {
  const steps: Step[] = [];
  let block: 'none' | 'skipped' | 'read' = 'none';
  let isFirst = false;
  for (const [index, content] of text.split('\n').entries()) {
    const line = index + 1;
    if (content.startsWith('```')) {
      block = block === 'none' ? (isFor(content, column, line) ? 'read' : 'skipped') : 'none';
      isFirst = true;
    } else if (block === 'read') {
      if (content.startsWith('$ ')) steps.push({ line, command: content.slice(2), seen: [] });
      else if (isFirst)
        throw new Error(`docs/walkthrough.md:${line}: a block begins with "$ " and a command`);
      else steps.at(-1)!.seen.push(content);
      isFirst = false;
    }
  }
  return steps;
}

function isFor(fence: string, column: Column, line: number): boolean {
  const [language, ...named] = fence.slice(3).split(' ');
  if (language !== 'console') return false;
  const unknown = named.find((name) => !COLUMNS.includes(name as Column));
  if (unknown !== undefined) throw new Error(`docs/walkthrough.md:${line}: there is no column ${unknown}`);
  return named.length === 0 || named.includes(column);
}

/** Tests whether an output is what the document shows, in which `...` stands for any text, also over several lines. */
export function isSeen(output: string, seen: readonly string[]): boolean {
  if (seen.length === 0) return true;
  const pattern = seen
    .join('\n')
    .split('...')
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('[^]*?');
  return new RegExp(`^${pattern}$`).test(output.trimEnd());
}
