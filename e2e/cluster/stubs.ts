import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from '../support/repository.ts';
import type { Finished } from '../support/run.ts';

/** What a stand-in prints, or its exit code with what it prints on standard error, by a glob pattern of its arguments. */
export type Answers = Readonly<Record<string, string | readonly [code: number, error: string]>>;

/** Stand-ins of the programs that up and down call, by name. What matches no pattern succeeds without output. */
export type Stubs = Readonly<Record<string, Answers>>;

export interface Outcome extends Finished {
  /** Every call of a stand-in, such as `kubectl get pods`, in order. */
  calls: string[];
}

/** The programs of the machine that the scripts may use. */
const ORDINARY = 'awk bash cat cut dirname env grep head mkdir rm sed sleep tail'.split(' ');

/** Runs a script of deploy/cluster where nothing but the stand-ins and ordinary programs is on the PATH. */
export async function run(script: 'up' | 'down', args: readonly string[], stubs: Stubs): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'bookinfo-cluster-'));
  const [bin, log] = [join(folder, 'bin'), join(folder, 'calls')];
  mkdirSync(bin);
  writeFileSync(log, '');
  for (const name of ORDINARY) symlinkSync(pathOf(name), join(bin, name));
  for (const [name, answers] of Object.entries(stubs)) writeStub(join(bin, name), name, answers, log);
  const env = { PATH: bin, HOME: folder, TMPDIR: folder };
  onTestFinished(() => {
    // Ends the forwarded ports that up has left.
    spawnSync('bash', ['-c', `source deploy/cluster/lib/forward.sh; stop_forwards`], { cwd: root, env });
    rmSync(folder, { recursive: true, force: true });
  });
  const child = spawn(join(root, 'deploy/cluster', script), args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr, calls: readFileSync(log, 'utf8').trim().split('\n') };
}

function pathOf(program: string): string {
  return spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();
}

function writeStub(path: string, name: string, answers: Answers, log: string): void {
  const cases = Object.entries(answers).map(([pattern, answer]) => {
    const glob = pattern.split('*').map(quoted).join('*');
    const [code, text, stream] = typeof answer === 'string' ? [0, answer, 1] : [answer[0], answer[1], 2];
    return `  ${glob}) printf '%s\\n' ${quoted(text)} >&${stream}; exit ${code} ;;`;
  });
  // A port that is forwarded stays so.
  const script = `#!/usr/bin/env bash
printf '%s\\n' ${quoted(name)}" $*" >>${quoted(log)}
case "$*" in
  *port-forward*) exec sleep 600 ;;
${cases.join('\n')}
esac
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
}

function quoted(text: string): string {
  return text === '' ? '' : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
