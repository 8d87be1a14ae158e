import { hostname as machineName } from 'node:os';
import { SERVICE_PORT, STAR_COLORS } from '@bookinfo/contract';
import {
  commonSettings,
  defineSettings,
  flag,
  hostname,
  setting,
  text,
  unlessInvalid,
  wholeNumber,
} from '@bookinfo/service-kit';
import type { ConfigType } from '@nestjs/config';
import { z } from 'zod';

const VERSIONS = ['v1', ...Object.keys(STAR_COLORS)];

export const reviewsSettings = defineSettings(
  z
    .object({
      ...commonSettings,
      /** Unset: true for v2 and v3. */
      ENABLE_RATINGS: flag(undefined),
      /** Unset: black for v2, red for v3. Part of a CSS class on the page. */
      STAR_COLOR: setting<string | undefined>(
        'a colour of up to 20 letters from a to z',
        undefined,
        (word) => (/^[a-z]{1,20}$/.test(word) ? word : undefined),
      ),
      RATINGS_HOSTNAME: hostname('ratings'),
      RATINGS_SERVICE_PORT: wholeNumber(SERVICE_PORT, 1, 65535),
      /** Appended to RATINGS_HOSTNAME, for a backend in another domain. */
      SERVICES_DOMAIN: hostname(''),
      /** Kubernetes sets it to the name of the pod. */
      HOSTNAME: text(machineName()),
      CLUSTER_NAME: text('null'),
    })
    .superRefine(
      ({ SERVICE_VERSION: version, ENABLE_RATINGS }, context) => {
        if (VERSIONS.includes(version) || ENABLE_RATINGS !== undefined) return;
        const message = `"${version}" is not one of ${VERSIONS.join(', ')}; another version needs ENABLE_RATINGS`;
        context.addIssue({ code: 'custom', path: ['SERVICE_VERSION'], message });
      },
      unlessInvalid('SERVICE_VERSION', 'ENABLE_RATINGS'),
    )
    .transform((read) => ({
      ...read,
      ENABLE_RATINGS: read.ENABLE_RATINGS ?? read.SERVICE_VERSION in STAR_COLORS,
      STAR_COLOR: read.STAR_COLOR ?? STAR_COLORS[read.SERVICE_VERSION] ?? 'black',
    })),
);

export type Settings = ConfigType<typeof reviewsSettings>;
