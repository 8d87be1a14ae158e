import { Inject } from '@nestjs/common';

/** The token of the service's logger. */
export const LOGGER = Symbol('logger');

/** Injects the service's logger: `constructor(@InjectLogger() logger: Logger)`. */
export const InjectLogger = () => Inject(LOGGER);
