import { hostname as machineName } from 'node:os';
import { SERVICE_PORT, STAR_COLORS } from '@bookinfo/contract';
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

const VERSIONS = ['v1', ...Object.keys(STAR_COLORS)];

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
    RATINGS_SERVICE_PORT: wholeNumber(SERVICE_PORT, 1, 65535),
    /** Appended to RATINGS_HOSTNAME, for a peer in another domain. */
    SERVICES_DOMAIN: hostname(''),
    /** In a pod its name. */
    HOSTNAME: text(machineName()),
    CLUSTER_NAME: text('null'),
  })
  .superRefine(
    ({ SERVICE_VERSION: version, ENABLE_RATINGS }, problems) => {
      if (VERSIONS.includes(version) || ENABLE_RATINGS !== undefined) return;
      const message = `"${version}" is not one of ${VERSIONS.join(', ')}; another version needs ENABLE_RATINGS`;
      problems.addIssue({ code: 'custom', path: ['SERVICE_VERSION'], message });
    },
    unlessWrong('SERVICE_VERSION', 'ENABLE_RATINGS'),
  )
  .transform((settings) => ({
    ...settings,
    ENABLE_RATINGS: settings.ENABLE_RATINGS ?? settings.SERVICE_VERSION in STAR_COLORS,
    STAR_COLOR: settings.STAR_COLOR ?? STAR_COLORS[settings.SERVICE_VERSION] ?? 'black',
  }));

export type Settings = z.infer<typeof settingsSchema>;
