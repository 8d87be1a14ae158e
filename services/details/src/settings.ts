import { commonSettings, defineSettings, flag, httpUrl } from '@bookinfo/service-kit';
import type { ConfigType } from '@nestjs/config';
import { z } from 'zod';

export const detailsSettings = defineSettings(
  z
    .object({
      ...commonSettings,
      /** Unset: true for v2. */
      ENABLE_EXTERNAL_BOOK_SERVICE: flag(undefined),
      /** Plain HTTP, so that a sidecar or an egress gateway can read the request and add TLS. */
      DO_NOT_ENCRYPT: flag(false),
      /** Wins over DO_NOT_ENCRYPT, since it has a scheme itself. */
      BOOK_SERVICE_URL: httpUrl(undefined),
    })
    .transform((read) => ({
      ...read,
      ENABLE_EXTERNAL_BOOK_SERVICE: read.ENABLE_EXTERNAL_BOOK_SERVICE ?? read.SERVICE_VERSION === 'v2',
      BOOK_SERVICE_URL:
        read.BOOK_SERVICE_URL ?? `${read.DO_NOT_ENCRYPT ? 'http' : 'https'}://www.googleapis.com`,
    })),
);

export type Settings = ConfigType<typeof detailsSettings>;
