#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/index.js', import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write('Bookinfo is not built yet. Build it with: npm run build\n');
  process.exitCode = 1;
}
