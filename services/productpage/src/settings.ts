import { SERVICE_PORT } from '@bookinfo/contract';
import { commonSettings, hostname, wholeNumber } from '@bookinfo/service-kit';
import { z } from 'zod';

const SHORTEST_SECRET = 16;

export const settingsSchema = z.object({
  ...commonSettings,
  /** Appended to the names of the services, as `bookinfo.svc.cluster.local`. */
  SERVICES_DOMAIN: hostname(''),
  DETAILS_HOSTNAME: hostname('details'),
  DETAILS_SERVICE_PORT: wholeNumber(SERVICE_PORT, 1, 65535),
  REVIEWS_HOSTNAME: hostname('reviews'),
  REVIEWS_SERVICE_PORT: wholeNumber(SERVICE_PORT, 1, 65535),
  RATINGS_HOSTNAME: hostname('ratings'),
  RATINGS_SERVICE_PORT: wholeNumber(SERVICE_PORT, 1, 65535),
  /** Extra calls to reviews that every view of the page makes. */
  FLOOD_FACTOR: wholeNumber(0, 0, 1000),
  /** Signs the session cookie; the same on every replica. Unlike other settings it is never repeated in a message. */
  SESSION_SECRET: z
    .string()
    .transform((secret) => secret || undefined)
    .refine((secret) => secret === undefined || secret.length >= SHORTEST_SECRET, {
      error: `the secret given is shorter than ${SHORTEST_SECRET} characters`,
    })
    .optional(),
});

export type Settings = z.infer<typeof settingsSchema>;
