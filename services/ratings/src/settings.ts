import {
  commonSettings,
  hostname,
  oneOf,
  setting,
  text,
  unlessWrong,
  wholeNumber,
} from '@bookinfo/service-kit';
import { z } from 'zod';

/** Text that may hold a password: unlike with other settings, a message never repeats it. */
const secret = (expected: string, isRight: (raw: string) => boolean) =>
  z
    .string()
    .default('')
    .refine((raw) => raw === '' || isRight(raw), { error: `the value given is not ${expected}` });

export const settingsSchema = z
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
    /** Where v2 finds its ratings. */
    DB_TYPE: oneOf(['mongodb', 'mysql'], 'mongodb'),
    MONGO_DB_URL: secret('a mongodb:// or mongodb+srv:// URL', (url) =>
      /^mongodb(\+srv)?:\/\/\S+$/.test(url),
    ),
    MYSQL_DB_HOST: hostname(''),
    MYSQL_DB_PORT: wholeNumber(3306, 1, 65535),
    MYSQL_DB_USER: text(''),
    /** May be empty, unlike other settings: an account can have an empty password. */
    MYSQL_DB_PASSWORD: z
      .string()
      .max(4096, { error: 'the value given is not shorter than 4,097 characters' })
      .optional(),
  })
  .superRefine(
    (settings, problems) => {
      if (!readsDatabase(settings)) return;
      for (const name of NEEDED[settings.DB_TYPE]) {
        const value = settings[name];
        if (value !== undefined && (value !== '' || name === 'MYSQL_DB_PASSWORD')) continue;
        const message = `is not set; ${settings.SERVICE_VERSION} with DB_TYPE=${settings.DB_TYPE} needs it`;
        problems.addIssue({ code: 'custom', path: [name], message });
      }
    },
    unlessWrong('SERVICE_VERSION', 'DB_TYPE'),
  );

export type Settings = z.infer<typeof settingsSchema>;

const NEEDED = {
  mongodb: ['MONGO_DB_URL'],
  mysql: ['MYSQL_DB_HOST', 'MYSQL_DB_USER', 'MYSQL_DB_PASSWORD'],
} as const;

/** v2 and its variants, such as v2-mysql. */
export function readsDatabase({ SERVICE_VERSION }: { SERVICE_VERSION: string }): boolean {
  return SERVICE_VERSION.startsWith('v2');
}
