import { freePort } from '@bookinfo/effects';
import { expect, onTestFinished, test } from 'vitest';
import { bookinfo } from '../support/run.ts';
import { stepsOf } from './document.ts';
import { describe, runSteps } from './run.ts';

test('the walkthrough shows what is seen on a laptop', async () => {
  const [port, adminPort] = [await freePort(), await freePort()];
  // The ports of the document may be in use here.
  const own = (text: string) =>
    text
      .replaceAll('localhost:9080', `localhost:${port}`)
      // The telemetry endpoint is this much above the admin endpoint.
      .replaceAll('localhost:15090', `localhost:${adminPort + 90}`);
  const steps = stepsOf('laptop').map(({ line, command, seen }) => ({
    line,
    command: own(command),
    seen: seen.map(own),
  }));
  onTestFinished(async () => {
    await bookinfo(['down', '--admin-port', String(adminPort)]);
  });
  const env = {
    ...process.env,
    BOOKINFO_PORT: String(port),
    BOOKINFO_ADMIN_PORT: String(adminPort),
    BOOKINFO_TARGET: 'local',
  };
  expect((await runSteps(steps, env)).map(describe)).toEqual([]);
}, 300_000);
