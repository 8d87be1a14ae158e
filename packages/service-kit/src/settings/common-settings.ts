import { isIP } from 'node:net';
import { SERVICE_PORT } from '@bookinfo/contract';
import { z } from 'zod';
import { flag, httpUrl, oneOf, setting, text, wholeNumber } from './setting.js';

/** The settings that every service takes; a service spreads them into its own schema. */
export const commonSettings = {
  /** 0 lets the system choose. */
  PORT: wholeNumber(SERVICE_PORT, 0, 65535),
  /** Unset: IPv6 and IPv4, or IPv4 alone where IPv6 is off. */
  HOST: setting<string | undefined>('an IP address, such as 127.0.0.1 or ::1', undefined, (value) =>
    isIP(value) ? value : undefined,
  ),
  /** The pod's `version` label in a manifest; it stands in every answer. */
  SERVICE_VERSION: setting('a version such as v1 or v2-mysql', 'v1', (value) =>
    /^v[0-9a-z.-]{1,62}$/.test(value) ? value : undefined,
  ),
  LOG_FORMAT: oneOf(['json', 'pretty'], 'json'),
  /**
   * false opens a connection for every outgoing request, so that a version split stays honest where no sidecar
   * balances requests: kube-proxy balances connections.
   */
  HTTP_KEEP_ALIVE: flag(false),
  HTTP_PROXY: httpUrl(undefined),
  HTTPS_PROXY: httpUrl(undefined),
  NO_PROXY: text(undefined),
};

const commonSchema = z.object(commonSettings);

export type CommonSettings = z.infer<typeof commonSchema>;
