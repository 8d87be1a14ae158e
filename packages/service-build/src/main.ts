#!/usr/bin/env node
import { bundle } from './bundle.ts';
import { fillCompileCache } from './compile-cache.ts';

await bundle(process.cwd());
await fillCompileCache(process.cwd());
