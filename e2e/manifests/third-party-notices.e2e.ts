import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/repository.ts';

/** Matches the name of the innermost package that a file belongs to. */
const PACKAGE = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//;

test.each(['productpage', 'details', 'ratings', 'reviews'])(
  'the notices beside the bundle of %s name each package whose code is in it',
  (service) => {
    const dist = join(root, 'services', service, 'dist');
    const sources = readdirSync(dist)
      .filter((file) => file.endsWith('.map'))
      .flatMap(
        (file) => (JSON.parse(readFileSync(join(dist, file), 'utf8')) as { sources: string[] }).sources,
      );
    const bundled = new Set(sources.flatMap((source) => PACKAGE.exec(source)?.[1] ?? []));
    const notices = readFileSync(join(dist, 'THIRD-PARTY-NOTICES'), 'utf8');
    const named = new Set([...notices.matchAll(/^(\S+) \d+\.\d+\.\S+ \(.+\)$/gm)].map(([, name]) => name));
    expect(bundled.size).toBeGreaterThan(50);
    expect([...bundled].filter((name) => !named.has(name))).toEqual([]);
  },
);
