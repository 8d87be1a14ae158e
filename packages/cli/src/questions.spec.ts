import { expect, test } from 'vitest';
import { bookinfo } from '../test/cli.js';
import { makeRepository } from '../test/repository.js';

const RULE = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
    - match: [{ headers: { end-user: { exact: jason } } }]
      fault: { abort: { percentage: { value: 25 }, httpStatus: 500 } }
      route: [{ destination: { host: reviews } }]
    - route: [{ destination: { host: reviews } }]
`;
const REQUEST = ['GET', 'http://reviews:9080/reviews/0', '--from', 'productpage', '-f', 'rule.yaml'];
const JASON = ['-H', 'end-user: jason'];

async function withRule() {
  const repository = await makeRepository();
  await repository.write('rule.yaml', RULE);
  return repository;
}

test('explain names the rule of a request and why earlier rules do not match, from files alone', async () => {
  await using repository = await withRule();
  const { code, stdout } = await bookinfo(repository, ['explain', ...REQUEST]);
  expect(code).toBe(0);
  expect(stdout).toContain(
    'rule.yaml:8 VirtualService/default/reviews: header end-user is absent, exact "jason" wanted',
  );
  expect(stdout).toMatch(/^Rule +rule\.yaml:11 VirtualService\/default\/reviews$/m);
  const json = await bookinfo(repository, ['explain', ...REQUEST, ...JASON, '--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({
    from: 'productpage-v1',
    rule: { file: 'rule.yaml', line: 8 },
    fault: { abort: { percentage: 25, httpStatus: 500 } },
  });
});

test('predict prints the share of every response', async () => {
  await using repository = await withRule();
  const { stdout } = await bookinfo(repository, ['predict', ...REQUEST, ...JASON]);
  expect(stdout).toBe('  75.00 %  200 reviews-v1\n  25.00 %  500 from the proxy\n');
});

test('predict writes what check reports of a destination on the way to standard error', async () => {
  await using repository = await withRule();
  await repository.write('rule.yaml', RULE.replaceAll('host: reviews ', 'host: reviews-v1 '));
  const { stdout, stderr } = await bookinfo(repository, ['predict', ...REQUEST]);
  expect(stdout).toBe(' 100.00 %  503 from the proxy\n');
  expect(stderr).toMatch(
    /^rule\.yaml:11: error: no Service .* has the host reviews-v1\..* \[unknown-host\]\n$/,
  );
  const { stdout: checked } = await bookinfo(repository, ['check', '-f', 'rule.yaml']);
  expect(checked).toContain(stderr);
});

test('--assume replaces the behaviour of a backend in a prediction', async () => {
  await using repository = await withRule();
  const assume = (text: string) => bookinfo(repository, ['predict', ...REQUEST, '--assume', text]);
  expect((await assume('reviews-v1: refused 40%')).stdout).toBe(
    [
      '  60.00 %  200 reviews-v1\n',
      '  24.00 %  200 reviews-v1, 2 attempts\n',
      '   9.60 %  200 reviews-v1, 3 attempts\n',
      '   6.40 %  503 from the proxy, 3 attempts\n',
    ].join(''),
  );
  const { code, stderr } = await assume('reviews-v1 is slow');
  expect([code, stderr]).toEqual([
    1,
    `"reviews-v1 is slow" is not an assumption, like 'reviews-v2: 503 10%' or 'ratings: 2s'\n`,
  ]);
});

test('an invalid request or an invalid file is one line on stderr and exit code 1', async () => {
  await using repository = await withRule();
  await repository.write('bad.yaml', RULE.replace('http:', 'https:'));
  const unknown = await bookinfo(repository, [
    'explain',
    'GET',
    'http://reviews/',
    '--from',
    'x',
    '-f',
    'rule.yaml',
  ]);
  expect(unknown).toEqual({
    code: 1,
    stdout: '',
    stderr: '"x" is no workload (choose from: productpage-v1, reviews-v1)\n',
  });
  const bad = await bookinfo(repository, ['check', '-f', 'bad.yaml']);
  expect([bad.code, bad.stderr.split('\n').length]).toEqual([1, 3]);
  expect(bad.stderr).toContain('bad.yaml:7: spec.https is not known here');
});

test('--istio-version selects the behaviour, with files or at the start of a mesh', async () => {
  await using repository = await withRule();
  const retries = async (version: string) => {
    const result = await bookinfo(repository, ['explain', ...REQUEST, '--istio-version', version]);
    return /^Retries +(.*)$/m.exec(result.stdout)?.[1];
  };
  expect(await retries('1.24')).toBe('up to 2 on connect-failure, refused-stream, unavailable, cancelled');
  expect(await retries('1.23')).toContain(', 503');
  const wrong = await bookinfo(repository, ['up', '--istio-version', 'latest']);
  expect([wrong.code, wrong.stderr]).toEqual([
    1,
    "error: option '--istio-version <version>' argument 'latest' is invalid. \"latest\" is not a version of Istio from 1.0 to 1.32, like 1.32 or 1.22.3\n",
  ]);
  const live = await bookinfo(repository, ['explain', ...REQUEST.slice(0, 4), '--istio-version', '1.20']);
  expect([live.code, live.stderr]).toEqual([
    1,
    '--istio-version needs -f: without files, the configuration of the running mesh applies\n',
  ]);
});

test('--outbound-traffic-policy registry-only blocks hosts that no resource declares', async () => {
  await using repository = await withRule();
  const explain = (policy: string) =>
    bookinfo(repository, [
      'explain',
      'GET',
      'http://example.com/',
      ...REQUEST.slice(2),
      '--outbound-traffic-policy',
      policy,
    ]);
  expect((await explain('registry-only')).stdout).toMatch(/^Rule +none: 502 \(REGISTRY_ONLY\)$/m);
  expect((await explain('allow-any')).stdout).toMatch(/^Rule +none: forwarded to that host unchanged/m);
  expect((await explain('x')).stderr).toContain('Allowed choices are allow-any, registry-only');
});

test('check names missing destinations and exits with 1', async () => {
  await using repository = await withRule();
  expect(await bookinfo(repository, ['check', '-f', 'rule.yaml'])).toEqual({
    code: 0,
    stdout: [
      "rule.yaml:8: note: reached by GET http://reviews:9080/reviews/0 -H 'end-user: jason' from productpage-v1 [witness]\n",
      'rule.yaml:11: note: reached by GET http://reviews:9080/reviews/0 from productpage-v1 [witness]\n',
    ].join(''),
    stderr: '',
  });
  await repository.write('hostless.yaml', RULE.replace('hosts: [reviews]', 'hosts: [nobody]'));
  const { code, stdout } = await bookinfo(repository, ['check', '-f', 'hostless.yaml']);
  expect([code, stdout]).toEqual([
    1,
    expect.stringContaining(
      'hostless.yaml:6: warning: no Service or ServiceEntry has the host nobody.default.svc.cluster.local, so that sidecars have it at port 80 only [unknown-host]\n',
    ),
  ]);
});

test('verify without a mesh names the command that starts one', async () => {
  await using repository = await withRule();
  const { code, stderr } = await bookinfo(repository, ['verify', '-f', 'rule.yaml', '--admin-port', '1']);
  expect([code, stderr]).toEqual([
    1,
    'No mesh answers at http://127.0.0.1:1. Start one with: ./bookinfo up\n',
  ]);
});

test.each([
  ['a name', ['check'], (rule: string) => rule.replace('name: reviews', 'name: "a\\u009b2J\\n"')],
  ['a value', ['explain', 'GET', 'http://reviews:9080/', '--from', 'productpage'], (rule: string) => rule],
])('control characters of %s in a file do not reach the terminal', async (_, command, change) => {
  await using repository = await makeRepository();
  const rule = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec:
  hosts: [reviews]
  http:
    - match: [{ headers: { user: { exact: "a\\u009b2J\\n" } } }]
      route: [{ destination: { host: reviews } }]
`;
  await repository.write('rule.yaml', change(rule));
  const { stdout, stderr } = await bookinfo(repository, [...command, '-f', 'rule.yaml']);
  expect(stdout + stderr).toContain(String.raw`"a\u009b2J\n"`);
  expect(stdout + stderr).not.toContain('\u009b');
});
