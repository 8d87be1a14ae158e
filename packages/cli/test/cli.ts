import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { TestRepository } from './repository.js';

const ENTRY = new URL('bookinfo.js', import.meta.url).pathname;
/** Ends a test before the runner does, so that its failure has the output; a loaded machine takes half a minute for `up`. */
const HANG_MS = 100_000;

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command that runs, with what it has written so far. */
export class Running implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';

  constructor(repository: TestRepository, args: string[], env: NodeJS.ProcessEnv = {}) {
    // XDG_RUNTIME_DIR and TMPDIR lead to the token files of meshes that the test itself starts.
    const { PATH, ENVOY_PATH, XDG_RUNTIME_DIR, TMPDIR } = process.env;
    this.child = spawn(process.execPath, [ENTRY, ...args], {
      cwd: repository.root,
      env: { PATH, ENVOY_PATH, XDG_RUNTIME_DIR, TMPDIR, TEST_REPOSITORY: repository.root, ...env },
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += String(chunk)));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += String(chunk)));
    this.ended = once(this.child, 'close').then(([code]) => ({
      code: code as number | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  /** Resolves with the groups of the pattern once the output has it; throws with the output when it ends before. */
  async prints(pattern: RegExp): Promise<string[]> {
    const signal = AbortSignal.timeout(HANG_MS);
    for (;;) {
      const match = pattern.exec(this.stdout) ?? pattern.exec(this.stderr);
      if (match) return match.slice(1);
      const hasEnded = this.child.exitCode !== null;
      if (hasEnded || signal.aborted)
        throw new Error(`${String(pattern)} was not printed:\n${this.stdout}${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGINT');
    await this.ended;
  }
}

/** Runs a command to its end; `input` is its standard input. */
export function bookinfo(
  repository: TestRepository,
  args: string[],
  { input = '', env = {} }: { input?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const running = new Running(repository, args, env);
  running.child.stdin?.end(input);
  return running.ended;
}

/** A mesh that is up: where its gateway and its pods are. */
export class Mesh extends Running {
  adminPort = 0;
  gateway = '';

  static async up(repository: TestRepository, args: string[] = []): Promise<Mesh> {
    const mesh = new Mesh(repository, ['up', '--port', '0', '--admin-port', '0', ...args]);
    const [gateway = '', adminPort = ''] = await mesh.prints(/is up: (http:\S+?:\d+)[^]*--admin-port (\d+)/);
    mesh.gateway = gateway;
    mesh.adminPort = Number(adminPort);
    return mesh;
  }

  /** The pods' own addresses, in the order of the table. */
  get pods(): string[] {
    return [...this.stdout.matchAll(/ (127\.0\.0\.1:\d+)$/gm)].map(([, address]) => `http://${address}`);
  }

  /** The numbers of the pods' processes. */
  pids(): Promise<number[]> {
    return Promise.all(this.pods.map(async (pod) => Number(await (await fetch(`${pod}/pid`)).text())));
  }
}
