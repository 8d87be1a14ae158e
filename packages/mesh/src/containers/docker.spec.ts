import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { assertCompose, docker, DockerUnavailable } from './docker.js';

/** Puts a program `docker` alone on the PATH, which is this script of sh; without a script, there is none. */
async function withDocker(script?: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bookinfo-'));
  if (script !== undefined) {
    const program = join(folder, 'docker');
    await writeFile(program, `#!/bin/sh\n${script}\n`);
    await chmod(program, 0o755);
  }
  vi.stubEnv('PATH', folder);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
}

const versions = (api: string, compose: string) =>
  `case "$1" in version) echo ${api};; compose) ${compose};; *) echo "client is too new" >&2; exit 1;; esac`;

test.each([
  [undefined, "Docker can't be used: there is no program docker on the PATH."],
  [
    'echo "Cannot connect to unix:///docker.sock. Is the docker daemon running?" >&2; exit 1',
    "Docker can't be used: Cannot connect to unix:///docker.sock. Is the docker daemon running?",
  ],
  [
    versions('1.40', 'exit 1'),
    'Docker is too old: its API has the version 1.40, and 1.41 or later (Docker 20.10) is needed.',
  ],
])('a Docker that cannot be used is an error of one sentence: %s', async (script, message) => {
  await withDocker(script);
  await expect(docker('ps')).rejects.toThrow(new DockerUnavailable(message));
  await expect(assertCompose()).rejects.toThrow(new DockerUnavailable(message));
});

test.each([
  ['exit 1', 'Docker has no Compose, and Compose 2.20 or later is needed.'],
  ['echo 1.29.2', 'Compose is too old: its version is 1.29.2, and Compose 2.20 or later is needed.'],
  ['echo v2.19.1', 'Compose is too old: its version is v2.19.1, and Compose 2.20 or later is needed.'],
])('a Compose that cannot be used is an error of one sentence: %s', async (compose, message) => {
  await withDocker(versions('1.41', compose));
  await expect(assertCompose()).rejects.toThrow(new DockerUnavailable(message));
});

test.each(['2.20.0', '2.40.3-desktop.1', 'v5.0.1'])('Compose %s is new enough', async (version) => {
  await withDocker(versions('1.41', `echo ${version}`));
  await expect(assertCompose()).resolves.toBeUndefined();
});
