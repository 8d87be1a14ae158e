import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { z } from 'zod';
import type { CommonSettings } from '../settings/common-settings.js';

/** All that sets one service apart from another. */
export interface ServiceDefinition<S extends CommonSettings = CommonSettings> {
  /** The `app` label of its pods. */
  app: string;
  settings: z.ZodType<S>;
  module: Type;
  /** Adds what the service needs of Fastify, before routes are. */
  configure?: (app: NestFastifyApplication, settings: S) => Promise<void>;
}

/** Lets the compiler check a definition and keep the type of its settings. */
export function defineService<S extends CommonSettings>(
  definition: ServiceDefinition<S>,
): ServiceDefinition<S> {
  return definition;
}
