import { type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { CommonSettings } from '../settings/common-settings.js';

/** A server that accepts the connection but never answers it is given up on by the caller's own time limit. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The connections that outgoing requests use: plain HTTP through HTTP_PROXY, in absolute form, which is how a sidecar
 * captures a workload that runs outside of a cluster; HTTPS through HTTPS_PROXY, as a tunnel.
 */
export class Dispatchers {
  private readonly plain: Dispatcher;
  private readonly encrypted: Dispatcher;

  constructor(settings: CommonSettings) {
    this.plain = createAgent(settings, settings.HTTP_PROXY);
    // One agent for both would send HTTPS to HTTP_PROXY too where there is no HTTPS_PROXY.
    this.encrypted = createAgent(settings, settings.HTTPS_PROXY);
  }

  for(url: URL): Dispatcher {
    return url.protocol === 'https:' ? this.encrypted : this.plain;
  }

  async destroy(): Promise<void> {
    await Promise.all([this.plain.destroy(), this.encrypted.destroy()]);
  }
}

function createAgent({ NO_PROXY = '', HTTP_KEEP_ALIVE }: CommonSettings, proxy = ''): Dispatcher {
  return new EnvHttpProxyAgent({
    // An empty string stands for "none" and keeps the agent from reading process.env past our settings.
    httpProxy: proxy,
    httpsProxy: proxy,
    noProxy: NO_PROXY,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    // undici's word for "no keep-alive".
    pipelining: HTTP_KEEP_ALIVE ? 1 : 0,
  });
}
