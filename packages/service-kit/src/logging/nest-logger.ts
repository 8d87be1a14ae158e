import type { LoggerService } from '@nestjs/common';
import type { Logger } from './create-logger.js';

/** Sends what NestJS reports through the service's own logger; its start-up chatter is left out. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log() {}

  warn(message: unknown, ...context: unknown[]) {
    this.logger.warn({ context: context.at(-1) }, String(message));
  }

  error(message: unknown, ...details: unknown[]) {
    // What keeps a service from starting is thrown as well, and runService tells of it.
    if (details.at(-1) === 'ExceptionHandler') return;
    this.logger.error({ details }, String(message));
  }
}
