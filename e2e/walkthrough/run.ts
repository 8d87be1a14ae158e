import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/repository.ts';
import { isSeen, type Step } from './document.ts';

/** A step that ended with another exit code than 0, or whose output is not what the document shows. */
export interface Difference extends Step {
  code: number;
  output: string;
}

/** Runs steps in order in one shell, in the repository's folder, and returns those that differ from the document. */
export async function runSteps(steps: readonly Step[], env: NodeJS.ProcessEnv): Promise<Difference[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bookinfo-walkthrough-'));
  // A file and not a pipe: a process that the commands leave in the background may keep it open.
  const file = openSync(join(folder, 'output'), 'w');
  try {
    const mark = randomUUID();
    const script = steps.map(({ command }) => `${command}\nprintf '\\n%s %s\\n' ${mark} $?\n`).join('');
    const shell = spawn('bash', ['-c', script], { cwd: root, env, stdio: ['ignore', file, file] });
    await once(shell, 'exit');
    const output = readFileSync(join(folder, 'output'), 'utf8');
    const ends = [...output.matchAll(new RegExp(String.raw`([^]*?)\n${mark} (\d+)\n`, 'g'))];
    return steps.flatMap((step, index) => {
      const [, text = 'it did not end', code = '-1'] = ends[index] ?? [];
      return code === '0' && isSeen(text, step.seen) ? [] : [{ ...step, code: Number(code), output: text }];
    });
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
}

/** Returns what the document shows and what was seen in its place. */
export function describe({ line, command, seen, code, output }: Difference): string {
  const expected = seen.length === 0 ? '' : `\nexpected:\n${seen.join('\n')}`;
  return `docs/walkthrough.md:${line}: $ ${command}\nexit code ${code}${expected}\nseen:\n${output.trimEnd()}\n`;
}
