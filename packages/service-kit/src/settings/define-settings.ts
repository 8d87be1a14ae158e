import { type ConfigFactoryKeyHost, getConfigToken, registerAs } from '@nestjs/config';
import type { z } from 'zod';
import type { CommonSettings } from './common-settings.js';
import { readSettings } from './read-settings.js';

/** Namespace of every service's settings in Nest's configuration: `ConfigService.get('settings.PORT')`. */
const NAMESPACE = 'settings';

/** Injection token of the settings; for a service, the same as the KEY of its definition. */
export const SETTINGS = getConfigToken(NAMESPACE);

type SettingsFactory<S> = (() => S) & ConfigFactoryKeyHost<S>;

/**
 * A service's settings, as a namespace of `@nestjs/config`. A provider injects them with `@Inject(settings.KEY)`; their
 * type is `ConfigType<typeof settings>`. A call reads them from the process's environment and arguments.
 */
export type SettingsDefinition<S> = SettingsFactory<S> & { schema: z.ZodType<S> };

/**
 * Defines the settings of a service by a schema, which spreads {@link commonSettings}.
 *
 * @returns a function that throws SettingsError when the settings are invalid
 */
export function defineSettings<S extends CommonSettings>(schema: z.ZodType<S>): SettingsDefinition<S> {
  const read = () => readSettings(schema, process.env, process.argv.slice(2));
  return Object.assign(asNamespace(read), { schema });
}

/** Registers `factory` as the namespace of the settings. */
export function asNamespace<S extends CommonSettings>(factory: () => S): SettingsFactory<S> {
  return registerAs<S, () => S>(NAMESPACE, factory);
}
