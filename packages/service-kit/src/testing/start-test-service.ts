import type { Server } from 'node:http';
import type { ValueProvider } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createLogger } from '../logging/create-logger.js';
import { NestLogger } from '../logging/nest-logger.js';
import { listen } from '../server/listen.js';
import { createService } from '../service/create-service.js';
import type { ServiceDefinition } from '../service/define-service.js';
import { drain, type DrainLimits } from '../service/drain.js';
import type { CommonSettings } from '../settings/common-settings.js';
import { readSettings } from '../settings/read-settings.js';

/** A service that runs for a test: `await using service = await startTestService(definition, env)`. */
export interface TestService extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** The log lines so far, parsed. */
  log: Record<string, unknown>[];
  server: Server;
  /** Ends the service as SIGTERM does. */
  drain: (limits?: DrainLimits) => Promise<number>;
}

/**
 * Starts the real service on a free loopback port.
 *
 * @param env the whole environment that the service reads
 * @param overrides providers to replace: `[{ provide: Clock, useValue: new ManualClock() }]`
 * @throws {SettingsError} when `env` is invalid
 */
export async function startTestService<S extends CommonSettings>(
  definition: ServiceDefinition<S>,
  env: Record<string, string> = {},
  overrides: ValueProvider[] = [],
): Promise<TestService> {
  const log: Record<string, unknown>[] = [];
  const settings = readSettings(definition.settings.schema, { HOST: '127.0.0.1', PORT: '0', ...env });
  const logger = await createLogger(definition.app, settings, {
    write: (line) => log.push(JSON.parse(line) as Record<string, unknown>),
  });
  const app = await createService(definition, settings, logger, async (module, adapter, options) => {
    const builder = Test.createTestingModule({ imports: [module] }).setLogger(new NestLogger(logger));
    for (const { provide, useValue } of overrides) builder.overrideProvider(provide).useValue(useValue);
    const compiled = await builder.compile();
    return compiled.createNestApplication<NestFastifyApplication>(adapter, options);
  });
  const url = await listen(app, settings);
  return {
    url,
    log,
    server: app.getHttpServer(),
    drain: (limits) => drain(app, limits),
    [Symbol.asyncDispose]: () => app.close(),
  };
}
