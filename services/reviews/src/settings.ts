import { hostname as machineName } from 'node:os';
import {
  commonSettings,
  flag,
  hostname,
  setting,
  text,
  unlessWrong,
  wholeNumber,
} from '@bookinfo/service-kit';
import { z } from 'zod';

/** The colour of each version's stars; v1 shows none. */
const STARS: Record<string, string | undefined> = { v1: undefined, v2: 'black', v3: 'red' };

export const settingsSchema = z
  .object({
    ...commonSettings,
    /** Unset: what the version says. */
    ENABLE_RATINGS: flag(undefined),
    /** Unset: what the version says. It becomes part of a CSS class. */
    STAR_COLOR: setting<string | undefined>('a colour of up to 20 letters from a to z', undefined, (word) =>
      /^[a-z]{1,20}$/.test(word) ? word : undefined,
    ),
    RATINGS_HOSTNAME: hostname('ratings'),
    RATINGS_SERVICE_PORT: wholeNumber(9080, 1, 65535),
    /** Appended to RATINGS_HOSTNAME, for a peer in another domain. */
    SERVICES_DOMAIN: hostname(''),
    /** In a pod its name. */
    HOSTNAME: text(machineName()),
    CLUSTER_NAME: text('null'),
  })
  .superRefine(
    ({ SERVICE_VERSION: version, ENABLE_RATINGS }, problems) => {
      if (version in STARS || ENABLE_RATINGS !== undefined) return;
      const versions = Object.keys(STARS).join(', ');
      const message = `"${version}" is not one of ${versions}; another version needs ENABLE_RATINGS`;
      problems.addIssue({ code: 'custom', path: ['SERVICE_VERSION'], message });
    },
    unlessWrong('SERVICE_VERSION', 'ENABLE_RATINGS'),
  )
  .transform((settings) => ({
    ...settings,
    ENABLE_RATINGS: settings.ENABLE_RATINGS ?? STARS[settings.SERVICE_VERSION] !== undefined,
    STAR_COLOR: settings.STAR_COLOR ?? STARS[settings.SERVICE_VERSION] ?? 'black',
  }));

export type Settings = z.infer<typeof settingsSchema>;
