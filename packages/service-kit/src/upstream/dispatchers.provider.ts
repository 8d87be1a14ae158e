import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { CommonSettings } from '../settings/common-settings.js';
import { SETTINGS } from '../settings/define-settings.js';

/** Limit of connecting, above the timeout of every caller: it only frees the socket. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The connections of outgoing requests: plain HTTP through HTTP_PROXY in absolute form, which is how a sidecar outside of a
 * cluster captures a workload's requests; HTTPS through HTTPS_PROXY as a tunnel.
 */
@Injectable()
export class Dispatchers implements OnApplicationShutdown {
  private readonly plain: Dispatcher;
  private readonly encrypted: Dispatcher;

  constructor(@Inject(SETTINGS) settings: CommonSettings) {
    this.plain = createAgent(settings, settings.HTTP_PROXY);
    // A single agent would send HTTPS to HTTP_PROXY as well when HTTPS_PROXY is unset.
    this.encrypted = createAgent(settings, settings.HTTPS_PROXY);
  }

  for(url: URL): Dispatcher {
    return url.protocol === 'https:' ? this.encrypted : this.plain;
  }

  // Not onModuleDestroy: Nest calls that while requests are still in flight.
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.plain.destroy(), this.encrypted.destroy()]);
  }
}

function createAgent({ NO_PROXY = '', HTTP_KEEP_ALIVE }: CommonSettings, proxy = ''): Dispatcher {
  return new EnvHttpProxyAgent({
    // An empty string means none; with undefined the agent would read process.env, not our settings.
    httpProxy: proxy,
    httpsProxy: proxy,
    noProxy: NO_PROXY,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    // In undici, 0 means no keep-alive.
    pipelining: HTTP_KEEP_ALIVE ? 1 : 0,
  });
}
