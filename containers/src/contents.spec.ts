import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { imageName } from '../support/container.js';
import { docker, lacksDocker, root, TAG } from '../support/docker.js';

const SERVICES = ['details', 'productpage', 'ratings', 'reviews'];

/** Databases, which change to a user of their own, and what writes the rules of iptables. */
const STARTED_AS_ROOT = ['mysqldb', 'mongodb', 'capture'];
/** Run as the user whose connections are not redirected, as in Istio. */
const PROXIES = ['proxy-envoy', 'proxy-node', 'control'];

const MAX_SHARE_BYTES = 5_000_000;

describe.skipIf(lacksDocker())('the files of an image', () => {
  test.each(SERVICES)('%s adds at most 5 MB to what all services share', async (service) => {
    const other = SERVICES.find((name) => name !== service)!;
    const [steps, shared] = await Promise.all(
      [service, other].map((name) => stepsOf(imageName(`${name}-v1`))),
    );
    const own = steps!.filter((step) => !shared!.includes(step));
    const bytes = own.map((step) => Number(step.split(' ', 1)[0])).reduce((sum, size) => sum + size);
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(bytes).toBeLessThan(MAX_SHARE_BYTES);
  });

  test.each(SERVICES)('%s has the same program files as a build outside of Docker', async (service) => {
    const inImage = await runIn(
      `${service}-v1`,
      'cd /app/dist && find . -type f ! -path "./compile-cache/*" | xargs sha256sum',
    );
    const folder = join(root, 'services', service, 'dist');
    const built = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
      .map(({ name }) => [
        `./${name}`,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]);
    const copied = inImage
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/).toReversed());
    expect(Object.fromEntries(copied)).toEqual(Object.fromEntries(built));
  });

  test.each(SERVICES)('%s has no file that its own user could write', async (service) => {
    const writable = await runIn(`${service}-v1`, 'find /app ! -user 0; find /app -writable');
    expect(writable).toBe('');
  });

  test.each(SERVICES)('%s has what it serves, its licenses, and nothing else', async (service) => {
    const top = await runIn(`${service}-v1`, 'ls /app');
    const served = service === 'productpage' ? ['static', 'views'] : [];
    expect(top.trim().split('\n')).toEqual(['LICENSE', 'dist', 'package.json', ...served]);
    expect(await runIn(`${service}-v1`, 'head -n 1 /app/dist/THIRD-PARTY-NOTICES')).toMatch(/^\S+ \S+ \(/);
  });

  test('bash, curl, sleep and pkill are in an image, and no shell or tool in a distroless one', async () => {
    const tools = ['bash', 'curl', 'pkill', 'sh', 'sleep'];
    const toolsOf = async (image: string) => {
      const files = (await filesOf(image)).map((file) => basename(file));
      return tools.filter((tool) => files.includes(tool));
    };
    for (const service of SERVICES) {
      expect(await toolsOf(imageName(`${service}-v1`))).toEqual(tools);
      expect(await toolsOf(imageName(`${service}-v1`, '-distroless'))).toEqual([]);
    }
  });

  test('every image has its name, license and version as labels, and each program a number as its user', async () => {
    const bake = JSON.parse(await docker('buildx', 'bake', '--print')) as {
      target: Record<string, { tags: string[] }>;
    };
    for (const [target, { tags }] of Object.entries(bake.target)) {
      const [image] = JSON.parse(await docker('image', 'inspect', tags[0]!)) as { Config: object }[];
      expect(image!.Config).toMatchObject({
        Labels: {
          'org.opencontainers.image.title': expect.stringMatching(/^bookinfo/) as string,
          'org.opencontainers.image.licenses': 'Apache-2.0',
          'org.opencontainers.image.version': TAG,
        },
        ...(!STARTED_AS_ROOT.includes(target) && {
          User: PROXIES.includes(target) ? '1337:1337' : '10001:0',
        }),
      });
    }
  });
});

/** Runs a shell command in a container of an image as the image's user, and returns its output. */
const runIn = (image: string, command: string) =>
  docker('run', '--rm', '--entrypoint', 'bash', imageName(image), '-c', command);

/** Returns the paths of all files of an image. */
async function filesOf(image: string): Promise<string[]> {
  const container = (await docker('create', image)).trim();
  try {
    const { stdout } = await promisify(execFile)('sh', ['-c', `docker export ${container} | tar -t`], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.split('\n');
  } finally {
    await docker('rm', container);
  }
}

/** Returns the steps that made an image, each as its size in bytes and its command. */
async function stepsOf(image: string): Promise<string[]> {
  const format = '{{ .Size }} {{ .CreatedBy }}';
  return (await docker('history', '--human=false', '--no-trunc', '--format', format, image))
    .trim()
    .split('\n');
}
