import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { CommonSettings } from '../settings/common-settings.js';
import type { SettingsDefinition } from '../settings/define-settings.js';

/** The parts in which services differ. */
export interface ServiceDefinition<S extends CommonSettings = CommonSettings> {
  /** The `app` label of its pods. */
  app: string;
  settings: SettingsDefinition<S>;
  module: Type;
  /** Adds Fastify plugins, parsers and hooks, before routes are added. */
  configure?: (app: NestFastifyApplication, settings: S) => Promise<void>;
}

/** Returns `definition`; the compiler checks it and keeps the type of its settings. */
export function defineService<S extends CommonSettings>(
  definition: ServiceDefinition<S>,
): ServiceDefinition<S> {
  return definition;
}
