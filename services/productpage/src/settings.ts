import { SERVICE_PORT } from '@bookinfo/contract';
import { commonSettings, defineSettings, hostname, setting, wholeNumber } from '@bookinfo/service-kit';
import type { ConfigType } from '@nestjs/config';
import { z } from 'zod';

const MIN_SECRET_LENGTH = 16;

export const productpageSettings = defineSettings(
  z.object({
    ...commonSettings,
    /** Appended to the host names of the backends, as `bookinfo.svc.cluster.local`. */
    SERVICES_DOMAIN: hostname(''),
    DETAILS_HOSTNAME: hostname('details'),
    DETAILS_SERVICE_PORT: wholeNumber(SERVICE_PORT, 1, 65535),
    REVIEWS_HOSTNAME: hostname('reviews'),
    REVIEWS_SERVICE_PORT: wholeNumber(SERVICE_PORT, 1, 65535),
    RATINGS_HOSTNAME: hostname('ratings'),
    RATINGS_SERVICE_PORT: wholeNumber(SERVICE_PORT, 1, 65535),
    /** Extra calls to reviews for every view of the page. */
    FLOOD_FACTOR: wholeNumber(0, 0, 1000),
    /** The URL of a trace, with `{traceId}` in the place of its id: each page links to its own trace. Default: no link. */
    TRACE_URL: setting<string | undefined>(
      'a URL with {traceId}, such as http://localhost:9411/zipkin/traces/{traceId}',
      undefined,
      (url) => (/^https?:/.test(url) && URL.canParse(url) && url.includes('{traceId}') ? url : undefined),
    ),
    /** Signs the session cookie; the same on every replica. Unlike with other settings, messages never repeat it. */
    SESSION_SECRET: z
      .string()
      .transform((secret) => secret || undefined)
      .refine((secret) => secret === undefined || secret.length >= MIN_SECRET_LENGTH, {
        error: `the secret given is shorter than ${MIN_SECRET_LENGTH} characters`,
      })
      .optional(),
  }),
);

export type Settings = ConfigType<typeof productpageSettings>;
