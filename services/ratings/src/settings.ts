import {
  commonSettings,
  defineSettings,
  hostname,
  oneOf,
  setting,
  text,
  unlessInvalid,
  wholeNumber,
} from '@bookinfo/service-kit';
import type { ConfigType } from '@nestjs/config';
import { z } from 'zod';

/** Returns the schema of a text that may contain a password: unlike with other settings, messages never repeat it. */
const secret = (expected: string, isValid: (raw: string) => boolean) =>
  z
    .string()
    .default('')
    .refine((raw) => raw === '' || isValid(raw), { error: `the value given is not ${expected}` });

const REQUIRED = {
  mongodb: ['MONGO_DB_URL'],
  mysql: ['MYSQL_DB_HOST', 'MYSQL_DB_USER', 'MYSQL_DB_PASSWORD'],
} as const;

export const ratingsSettings = defineSettings(
  z
    .object({
      ...commonSettings,
      SERVICE_VERSION: setting(
        'one of v1, v2 (or v2-…), v-faulty, v-delayed, v-unavailable, v-unhealthy',
        'v1',
        (version) =>
          /^(v1|v2(-[a-z0-9.-]{1,60})?|v-(faulty|delayed|unavailable|unhealthy))$/.test(version)
            ? version
            : undefined,
      ),
      /** The database of v2. */
      DB_TYPE: oneOf(['mongodb', 'mysql'], 'mongodb'),
      MONGO_DB_URL: secret('a mongodb:// or mongodb+srv:// URL', (url) =>
        /^mongodb(\+srv)?:\/\/\S+$/.test(url),
      ),
      MYSQL_DB_HOST: hostname(''),
      MYSQL_DB_PORT: wholeNumber(3306, 1, 65535),
      MYSQL_DB_USER: text(''),
      /** Unlike other settings it can be empty: an account can have an empty password. */
      MYSQL_DB_PASSWORD: z
        .string()
        .max(4096, { error: 'the value given is not shorter than 4,097 characters' })
        .optional(),
    })
    .superRefine(
      (read, context) => {
        if (!readsDatabase(read)) return;
        for (const name of REQUIRED[read.DB_TYPE]) {
          const value = read[name];
          if (value !== undefined && (value !== '' || name === 'MYSQL_DB_PASSWORD')) continue;
          const message = `is not set; ${read.SERVICE_VERSION} with DB_TYPE=${read.DB_TYPE} needs it`;
          context.addIssue({ code: 'custom', path: [name], message });
        }
      },
      unlessInvalid('SERVICE_VERSION', 'DB_TYPE'),
    ),
);

export type Settings = ConfigType<typeof ratingsSettings>;

/** Tests for v2 and its variants, such as v2-mysql. */
export function readsDatabase({ SERVICE_VERSION }: { SERVICE_VERSION: string }): boolean {
  return SERVICE_VERSION.startsWith('v2');
}
