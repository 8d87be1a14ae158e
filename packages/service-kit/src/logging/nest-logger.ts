import type { LoggerService } from '@nestjs/common';
import type { Logger } from './create-logger.js';

/**
 * Logs what NestJS reports with the service's logger. Nest's info lines, about thirty at every start (modules, mapped
 * routes), are at level debug: LOG_LEVEL=debug shows them.
 */
export class NestLogger implements LoggerService {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  log(message: unknown, ...context: unknown[]) {
    this.#logger.debug({ context: context.at(-1) }, String(message));
  }

  warn(message: unknown, ...context: unknown[]) {
    this.#logger.warn({ context: context.at(-1) }, String(message));
  }

  error(message: unknown, ...details: unknown[]) {
    // An error that keeps the service from starting is also thrown, and runService reports it.
    if (details.at(-1) === 'ExceptionHandler') return;
    this.#logger.error({ details }, String(message));
  }
}
