import { commonSettings, flag, httpUrl } from '@bookinfo/service-kit';
import { z } from 'zod';

export const settingsSchema = z
  .object({
    ...commonSettings,
    /** Unset: what the version says. */
    ENABLE_EXTERNAL_BOOK_SERVICE: flag(undefined),
    /** Plain HTTP, so that a sidecar or an egress gateway can see the request and add TLS to it. */
    DO_NOT_ENCRYPT: flag(false),
    /** Wins over DO_NOT_ENCRYPT, since it says http or https itself. */
    BOOK_SERVICE_URL: httpUrl(undefined),
  })
  .transform((settings) => ({
    ...settings,
    ENABLE_EXTERNAL_BOOK_SERVICE: settings.ENABLE_EXTERNAL_BOOK_SERVICE ?? settings.SERVICE_VERSION === 'v2',
    BOOK_SERVICE_URL:
      settings.BOOK_SERVICE_URL ?? `${settings.DO_NOT_ENCRYPT ? 'http' : 'https'}://www.googleapis.com`,
  }));

export type Settings = z.infer<typeof settingsSchema>;
