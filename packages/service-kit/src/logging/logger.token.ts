import { Inject } from '@nestjs/common';

/** Injection token of the service's logger. */
export const LOGGER = Symbol('logger');

/**
 * Injects the service's logger: `constructor(@InjectLogger() logger: Logger)`. Nest's own `Logger` is one per process,
 * so that two services in a test would share it, and takes no fields.
 */
export const InjectLogger = () => Inject(LOGGER);
