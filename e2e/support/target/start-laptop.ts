import { freePort } from '@bookinfo/effects';
import { outputHas, start } from '../run.ts';
import type { TargetName } from './names.ts';
import type { Started } from './target.ts';

/** Starts `bookinfo up` with these arguments, on free ports. */
export async function startLaptop(name: TargetName, args: readonly string[] = []): Promise<Started> {
  const [gatewayPort, adminPort] = [await freePort(), await freePort()];
  const ports = ['--port', `${gatewayPort}`, '--admin-port', `${adminPort}`];
  const up = start('packages/cli/bin/bookinfo.js', ['up', ...ports, ...args]);
  // For a test runner that ends without the function returned below.
  process.once('exit', () => up.process.kill());
  await outputHas(up, `http://localhost:${gatewayPort}/productpage`);
  return {
    handle: { name, ingressUrl: `http://127.0.0.1:${gatewayPort}`, adminPort },
    async stop() {
      up.process.kill('SIGINT');
      const { code } = await up.finished;
      if (code !== 0) throw new Error(`bookinfo up ended with exit code ${code}:\n${up.output()}`);
    },
  };
}
