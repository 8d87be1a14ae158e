#!/usr/bin/env node
import { existsSync } from 'node:fs';

const MIN_NODE = 24;
const built = new URL('../dist/index.js', import.meta.url);

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

if (Number.parseInt(process.versions.node, 10) < MIN_NODE)
  fail(
    `Bookinfo needs Node ${MIN_NODE} or later, this is ${process.versions.node}. Run \`npm ci\`, which brings it, and start Bookinfo by ./bookinfo, which finds it.`,
  );
else if (!existsSync(built)) fail('Bookinfo is not built yet. Build it with: npm run build');
else await import(built.href);
