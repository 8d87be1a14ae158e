import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bookinfo, Mesh, Running } from '../../test/cli.js';
import { makeRepository, workloadYaml } from '../../test/repository.js';
import { isRunning } from '../wait-for-end.js';

const ANY_PORTS = ['--port', '0', '--admin-port', '0'];

test('up prints the progress of the start, the pods, the URL of the page and a next command', async () => {
  await using repository = await makeRepository();
  await using mesh = await Mesh.up(repository);
  expect(mesh.stdout).toMatch(
    /^(?:productpage|reviews)-v1 is ready \(\d+\.\d s\)\n(?:productpage|reviews)-v1 is ready/,
  );
  expect(mesh.stdout).toMatch(
    /NAME +READY +STATUS +RESTARTS +AGE +VERSION +PROXY +ADDRESS\nproductpage-v1-\w+-\w+ +1\/1 +Running +0 +0s +v1 +embedded +127/,
  );
  expect(mesh.stdout).toMatch(
    /Bookinfo is up: http:\/\/localhost:\d+\/productpage\nConsole: http:\/\/localhost:\d+\/#token=\S+\nChange its routes: .\/bookinfo apply --admin-port \d+ -f deploy\/networking\/virtual-service-reviews-test-v2.yaml\n/,
  );
  expect(await (await fetch(`${mesh.gateway}/productpage`)).text()).toMatch(/^productpage-v1-/);
});

test('up prints the warnings in the logs of its pods, once for each workload', async () => {
  await using repository = await makeRepository();
  const careless = workloadYaml('careless', { WARN: 'the key is public\u009b' });
  await repository.write(
    'two.yaml',
    careless.replace('spec:\n  selector: { match', 'spec:\n  replicas: 2\n  selector: { match'),
  );
  await using mesh = await Mesh.up(repository, ['-f', 'two.yaml']);
  expect(mesh.pods).toHaveLength(2);
  expect(mesh.stdout.match(/.* warns: .*/g)).toEqual([
    String.raw`careless-v1 warns: the key is public\u009b`,
  ]);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s stops all processes, with exit code 0',
  async (signal) => {
    await using repository = await makeRepository();
    const mesh = await Mesh.up(repository);
    const pids = await mesh.pids();
    expect(pids.map(isRunning)).toEqual([true, true]);
    mesh.child.kill(signal);
    expect(await mesh.ended).toMatchObject({ code: 0, stderr: '' });
    expect(pids.map(isRunning)).toEqual([false, false]);
  },
);

test('Ctrl-C leaves no process when one ignores SIGTERM and another hangs', async () => {
  await using repository = await makeRepository();
  const text = workloadYaml('stubborn', { IGNORE_SIGTERM: 'yes' }) + workloadYaml('hanging');
  await repository.write('two.yaml', text);
  const mesh = await Mesh.up(repository, ['-f', 'two.yaml']);
  const pids = await mesh.pids();
  await fetch(`${mesh.pods[1]}/block`);
  mesh.child.kill('SIGINT');
  expect((await mesh.ended).code).toBe(0);
  expect(pids.map(isRunning)).toEqual([false, false]);
});

test('a second Ctrl-C kills at once, with exit code 130', async () => {
  await using repository = await makeRepository();
  await repository.write('one.yaml', workloadYaml('stubborn', { IGNORE_SIGTERM: 'yes' }));
  const mesh = await Mesh.up(repository, ['-f', 'one.yaml']);
  const pids = await mesh.pids();
  mesh.child.kill('SIGINT');
  // A closed gateway shows that the first Ctrl-C has been handled.
  await expect.poll(() => fetch(mesh.gateway).catch(() => 'closed')).toBe('closed');
  const again = setInterval(() => mesh.child.kill('SIGINT'), 50);
  expect((await mesh.ended).code).toBe(130);
  clearInterval(again);
  await expect.poll(() => pids.map(isRunning)).toEqual([false]);
});

test('Ctrl-C during the start stops the pods that have started', async () => {
  await using repository = await makeRepository();
  const up = new Running(repository, ['up', ...ANY_PORTS]);
  await up.prints(/is ready/);
  up.child.kill('SIGINT');
  expect((await up.ended).code).toBe(0);
});

test('pods end by themselves when up is killed', async () => {
  await using repository = await makeRepository();
  const mesh = await Mesh.up(repository);
  const pids = await mesh.pids();
  mesh.child.kill('SIGKILL');
  await mesh.ended;
  await expect.poll(() => pids.map(isRunning)).toEqual([false, false]);
});

test('a second up fails with the address of the first', async () => {
  await using repository = await makeRepository();
  await using mesh = await Mesh.up(repository);
  const second = await bookinfo(repository, ['up', '--admin-port', String(mesh.adminPort)]);
  expect(second).toEqual({
    code: 1,
    stdout: '',
    stderr: `Bookinfo is already running at ${mesh.gateway} (pid ${mesh.child.pid}). Stop it with: ./bookinfo down --admin-port ${mesh.adminPort}\n`,
  });
});

test.each([
  ['gateway', '--port', '--admin-port'],
  ['admin', '--admin-port', '--port'],
  ['telemetry', '--telemetry-port', '--port'],
])('a busy %s port is an error that names its option', async (purpose, flag, otherFlag) => {
  await using repository = await makeRepository();
  const other = createServer((_, response) => response.end('not a mesh')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, stderr } = await bookinfo(repository, [
    'up',
    '--admin-port',
    '0',
    flag,
    String(port),
    otherFlag,
    '0',
  ]);
  expect(code).toBe(1);
  expect(stderr).toBe(
    `Port ${port} on 127.0.0.1, wanted for the ${purpose}, is in use by another program. Choose another with ${flag}.\n`,
  );
  other.close();
});

test('a workload that ends at its start is an error with its output, and no process is left', async () => {
  await using repository = await makeRepository();
  await repository.write('bad.yaml', workloadYaml('fine') + workloadYaml('broken', { EXIT_AT_START: '3' }));
  expect(await bookinfo(repository, ['up', ...ANY_PORTS, '-f', 'bad.yaml'])).toMatchObject({
    code: 1,
    stderr: 'broken-v1 did not start: exit code 3. Its last output:\n  no database is configured\n',
  });
});

test('a pod that ends later is reported in one line and restarted', async () => {
  await using repository = await makeRepository();
  await using mesh = await Mesh.up(repository);
  await fetch(`${mesh.pods[1]}/crash`).catch(() => undefined);
  await mesh.prints(/^reviews-v1-\w+-\w+ ended \(exit code 7\), starting it again in 0\.5 s\n$/);
  const args = ['get', 'pods', '--admin-port', String(mesh.adminPort)];
  await expect
    .poll(async () => (await bookinfo(repository, args)).stdout)
    .toMatch(/reviews-v1-\S+ +1\/1 +Running +1 /);
});

test.each([
  [
    'a mistake',
    workloadYaml('x').replace('containers', 'kontainers'),
    /^\.\/x\.yaml:15: .*kontainers is not known here/m,
  ],
  [
    'an image of another repository',
    workloadYaml('x', {}, 'mongo:7'),
    /^\.\/x\.yaml:17: image "mongo:7" has no program/,
  ],
  [
    'an image of a service that the repository lacks',
    workloadYaml('x', {}, 'bookinfo/mongodb:1'),
    /^\.\/x\.yaml:17: image "bookinfo\/mongodb:1" has no program/,
  ],
  [
    'a service that is not built',
    workloadYaml('x', {}, 'bookinfo/moon:1'),
    /^\.\/x\.yaml:17: .*npm run build/,
  ],
])('a file with %s is named as it was typed, with its line', async (_, text, message) => {
  await using repository = await makeRepository();
  await repository.write('services/moon/package.json', '{}');
  await repository.write('x.yaml', text);
  const { code, stdout, stderr } = await bookinfo(repository, ['up', ...ANY_PORTS, '-f', './x.yaml']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(message);
});

test('--access-log writes a line for each request, with the name of the proxy', async () => {
  await using repository = await makeRepository();
  const file = path.join(repository.root, 'access.log');
  const mesh = await Mesh.up(repository, ['--access-log', file]);
  await fetch(`${mesh.gateway}/productpage?x=1`);
  mesh.child.kill('SIGINT');
  expect((await mesh.ended).code).toBe(0);
  expect(await readFile(file, 'utf8')).toMatch(
    /^istio-ingressgateway \[\S+Z\] "GET \/productpage\?x=1 HTTP\/1\.1" 200 - via_upstream .*\n$/,
  );
});

test('an access log that can’t be written is an error at once', async () => {
  await using repository = await makeRepository();
  const { code, stderr } = await bookinfo(repository, [
    'up',
    ...ANY_PORTS,
    '--access-log',
    'no/folder/access.log',
  ]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^--access-log no\/folder\/access\.log can't be written: ENOENT/);
});

test.each<[string[], string]>([
  [['--zipkin', 'zipkin:9411'], "'zipkin:9411' is invalid. It is a URL, such as http://localhost:9411."],
  [['--trace-sampling', '101'], "'101' is invalid. It is a percentage from 0 to 100."],
  [['--data-plane', 'envoy', '--shared-spans'], '--shared-spans needs the embedded data plane'],
])('up %j is refused in one line', async (options, message) => {
  await using repository = await makeRepository();
  const { code, stderr } = await bookinfo(repository, ['up', ...ANY_PORTS, ...options]);
  expect(code).not.toBe(0);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
});

test('a Zipkin that is gone costs spans, and one line of standard error', async () => {
  await using repository = await makeRepository();
  await using mesh = await Mesh.up(repository, ['--zipkin', 'http://127.0.0.1:9']);
  for (let pages = 0; pages < 3; pages += 1)
    expect((await fetch(`${mesh.gateway}/productpage`)).status).toBe(200);
  await expect
    .poll(() => mesh.stderr)
    .toMatch(
      /^.*http:\/\/127\.0\.0\.1:9\/api\/v2\/spans does not take spans: .*; spans are dropped until it does\n$/,
    );
});
