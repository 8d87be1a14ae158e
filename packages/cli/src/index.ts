import { fileURLToPath } from 'node:url';
import { run } from './run.js';

await run(process.argv, fileURLToPath(new URL('../../../', import.meta.url)));
