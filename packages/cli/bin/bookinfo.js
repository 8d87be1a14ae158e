#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/index.js', import.meta.url);
if (Number.parseInt(process.versions.node, 10) < 22) {
  // npm puts the Node that comes with this repository first on the PATH of npx and of its scripts.
  process.stderr.write(
    `Bookinfo needs Node 22 or later, this is ${process.versions.node}. Start it with: npx bookinfo\n`,
  );
  process.exitCode = 1;
} else if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write('Bookinfo is not built yet. Build it with: npm run build\n');
  process.exitCode = 1;
}
