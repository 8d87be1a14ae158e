import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookinfo, Mesh, type Ended } from '../../test/cli.js';
import { makeRepository, type TestRepository } from '../../test/repository.js';

let repository: TestRepository;
let mesh: Mesh;

beforeAll(async () => {
  repository = await makeRepository();
  mesh = await Mesh.up(repository);
});

afterAll(async () => {
  await mesh[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
});

function run(args: string[], input?: string): Promise<Ended> {
  const env = { BOOKINFO_ADMIN_PORT: String(mesh.adminPort) };
  return bookinfo(repository, args, { env, ...(input !== undefined && { input }) });
}

const rule = (httpStatus: number) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: productpage }
spec:
  hosts: ['*']
  gateways: [bookinfo-gateway]
  http:
    - match: [{ uri: { exact: /teapot } }]
      fault: { abort: { percentage: { value: 100 }, httpStatus: ${httpStatus} } }
      route: [{ destination: { host: productpage } }]
`;

const status = async (path: string) => (await fetch(mesh.gateway + path)).status;

test('apply and delete print changes as kubectl does, and these are in force', async () => {
  await repository.write('rule.yaml', rule(418));
  const name = 'virtualservice.networking.istio.io';
  expect(await run(['apply', '-f', 'rule.yaml'])).toMatchObject({
    code: 0,
    stdout: `${name}/productpage created\n`,
  });
  expect(await status('/teapot')).toBe(418);
  expect((await run(['apply', '-f', 'rule.yaml'])).stdout).toBe(`${name}/productpage unchanged\n`);
  expect((await run(['apply', '-f', '-'], rule(555))).stdout).toBe(`${name}/productpage configured\n`);
  expect(await status('/teapot')).toBe(555);
  expect((await run(['delete', '-f', 'rule.yaml'])).stdout).toBe(`${name} "productpage" deleted\n`);
  expect(await status('/teapot')).toBe(200);
});

test('apply prints likely mistakes as kubectl prints warnings, and applies the file', async () => {
  const faultless = rule(418).replace('percentage: { value: 100 }, ', '');
  expect(await run(['apply', '-f', '-'], faultless)).toEqual({
    code: 0,
    stdout: 'virtualservice.networking.istio.io/productpage created\n',
    stderr:
      'Warning: stdin:10: without a percentage this abort applies to no request [fault-without-percentage]\n',
  });
  await run(['delete', '-f', '-'], rule(418));
});

test('delete of a missing resource fails', async () => {
  expect(await run(['delete', '-f', '-'], rule(418).replace('productpage', 'nobody'))).toEqual({
    code: 1,
    stdout: '',
    stderr: 'Error from server (NotFound): virtualservices.networking.istio.io "nobody" not found\n',
  });
});

test('apply prints all problems of all files and changes nothing', async () => {
  const before = await run(['get', '--json']);
  await repository.write('good.yaml', rule(418));
  await repository.write('bad.yaml', `${rule(418)}  mirror: {}\n  rewrites: []\n`);
  const { code, stdout, stderr } = await run(
    ['apply', '-f', 'good.yaml', '-f', 'bad.yaml', '-f', '-'],
    'x: [',
  );
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(
    /^bad\.yaml:12: .*mirror is not known here.*\nbad\.yaml:13: .*rewrites.*\nstdin:1: /,
  );
  expect((await run(['get', '--json'])).stdout).toBe(before.stdout);
});

test('a file of 10 MB is refused with its name', async () => {
  await repository.write('huge.yaml', `# ${'x'.repeat(10_000_000)}`);
  const { code, stderr } = await run(['apply', '-f', 'huge.yaml']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^huge\.yaml:1: .*256 KiB/);
});

test('files that are too large together are refused', async () => {
  const files = await Promise.all(
    Array.from({ length: 6 }, async (_, index) => {
      await repository.write(
        `${index}.yaml`,
        `# ${'x'.repeat(200_000)}\n${rule(418).replace('productpage', `p${index}`)}`,
      );
      return `${index}.yaml`;
    }),
  );
  const { code, stderr } = await run(['apply', '-f', ...files]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'the files are larger than 1 MiB together; send fewer at once\n',
  });
});

test('get shows tables, one kind, one resource, or JSON', async () => {
  expect((await run(['get'])).stdout).toMatch(
    /^NAME +READY[^]*\npod\/productpage-v1-[^]*\n\nNAME[^]*\nservice\/reviews/,
  );
  expect((await run(['get', 'dr', 'reviews'])).stdout).toMatch(
    /^NAME +HOST +AGE\nreviews +reviews +\d+[sm]\n$/,
  );
  const one = await run(['get', 'gateway', 'bookinfo-gateway', '--json']);
  expect(JSON.parse(one.stdout)).toMatchObject({ kind: 'Gateway', metadata: { namespace: 'default' } });
  const pods = JSON.parse((await run(['get', 'pods', '--json'])).stdout) as { items: object[] };
  expect(pods).toMatchObject({ kind: 'List', items: [{ kind: 'Pod', status: { ready: true } }, {}] });
});

test('get of a missing resource fails', async () => {
  expect(await run(['get', 'vs', 'nobody'])).toMatchObject({
    code: 1,
    stderr: 'virtualservices.networking.istio.io "nobody" not found\n',
  });
  expect(await run(['get', 'configmaps'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Kinds: all, po'),
  });
  expect(await run(['get', 'sa'])).toMatchObject({ code: 0, stdout: '', stderr: 'No resources found.\n' });
});

test('a value that YAML 1.1 reads in another way is a warning, and an error with --strict', async () => {
  await repository.write('yaml11.yaml', rule(418).replace('productpage', 'yaml11').replace('418', '0642'));
  const warning = expect.stringMatching(/^yaml11\.yaml:10: (?:warning: )?0642 is 418 in YAML 1\.1/) as string;
  expect(await run(['apply', '--strict', '-f', 'yaml11.yaml'])).toMatchObject({ code: 1, stderr: warning });
  expect(await run(['apply', '-f', 'yaml11.yaml'])).toMatchObject({ code: 0, stderr: warning });
});
