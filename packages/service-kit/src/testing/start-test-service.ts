import { Writable } from 'node:stream';
import { createLogger } from '../logging/create-logger.js';
import { listen } from '../server/listen.js';
import type { CommonSettings } from '../settings/common-settings.js';
import { readSettings } from '../settings/read-settings.js';
import { createService } from '../service/create-service.js';
import type { ServiceDefinition } from '../service/define-service.js';
import { drain, type DrainLimits } from '../service/drain.js';

/** A service that runs for a test: `await using service = await startTestService(definition, env)`. */
export interface TestService extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, for supertest or fetch. */
  url: string;
  /** The lines logged so far, parsed. */
  log: Record<string, unknown>[];
  /** Ends as on SIGTERM. */
  drain: (limits?: DrainLimits) => Promise<number>;
}

/** Starts the real service on a free loopback port, with only the environment given. */
export async function startTestService<S extends CommonSettings>(
  definition: ServiceDefinition<S>,
  env: Record<string, string> = {},
): Promise<TestService> {
  const log: Record<string, unknown>[] = [];
  const lines = new Writable({
    write(chunk, _encoding, done) {
      for (const line of String(chunk).trim().split('\n'))
        log.push(JSON.parse(line) as Record<string, unknown>);
      done();
    },
  });
  const settings = readSettings(definition.settings, { HOST: '127.0.0.1', PORT: '0', ...env });
  const logger = await createLogger(definition.app, settings, lines);
  const app = await createService(definition, settings, logger);
  const url = await listen(app, settings);
  return { url, log, drain: (limits) => drain(app, limits), [Symbol.asyncDispose]: () => app.close() };
}
