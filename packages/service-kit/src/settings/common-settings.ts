import { isIP } from 'node:net';
import { SERVICE_PORT } from '@bookinfo/contract';
import { z } from 'zod';
import { flag, httpUrl, oneOf, setting, text, wholeNumber } from './setting.js';

/** The settings that every service has; a service spreads them into its schema. */
export const commonSettings = {
  /** 0: the system chooses. */
  PORT: wholeNumber(SERVICE_PORT, 0, 65535),
  /** Unset: IPv6 and IPv4, or IPv4 alone when IPv6 is disabled. */
  HOST: setting<string | undefined>('an IP address, such as 127.0.0.1 or ::1', undefined, (value) =>
    isIP(value) ? value : undefined,
  ),
  /** The `version` label of the pod; every response has it in x-bookinfo-version. */
  SERVICE_VERSION: setting('a version such as v1 or v2-mysql', 'v1', (value) =>
    /^v[0-9a-z.-]{1,62}$/.test(value) ? value : undefined,
  ),
  LOG_FORMAT: oneOf(['json', 'pretty'], 'json'),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error'], 'info'),
  /**
   * false: every outgoing request opens a connection. Without a sidecar, kube-proxy balances connections and not
   * requests, and kept-alive connections would skew a version split.
   */
  HTTP_KEEP_ALIVE: flag(false),
  /** Set: each request is a span, sent there by OTLP over HTTP, such as http://jaeger:4318. */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl(undefined),
  HTTP_PROXY: httpUrl(undefined),
  HTTPS_PROXY: httpUrl(undefined),
  NO_PROXY: text(undefined),
};

const commonSchema = z.object(commonSettings);

export type CommonSettings = z.infer<typeof commonSchema>;
