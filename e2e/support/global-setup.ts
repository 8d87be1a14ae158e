import type { TestProject } from 'vitest/node';
import { freePort } from '@bookinfo/effects';
import { outputHas, start } from './run.js';

declare module 'vitest' {
  interface ProvidedContext {
    gatewayPort: number;
    adminPort: number;
  }
}

/** Starts Bookinfo once for all scenarios by the command, and stops it after the last one. */
export default async function setup(project: TestProject) {
  const gatewayPort = await freePort();
  const adminPort = await freePort();
  const up = start('packages/cli/bin/bookinfo.js', [
    'up',
    '--port',
    `${gatewayPort}`,
    '--admin-port',
    `${adminPort}`,
  ]);
  // For a test runner that ends without the function returned below.
  process.once('exit', () => up.process.kill());
  await outputHas(up, `http://localhost:${gatewayPort}/productpage`);
  project.provide('gatewayPort', gatewayPort);
  project.provide('adminPort', adminPort);
  return async () => {
    up.process.kill('SIGINT');
    const { code } = await up.finished;
    if (code !== 0) throw new Error(`bookinfo up ended with exit code ${code}:\n${up.output()}`);
  };
}
