import { EnvHttpProxyAgent, type Dispatcher } from 'undici';
import type { CommonSettings } from '../settings/common-settings.js';

/** A server that accepts the connection but never answers it is given up on by the caller's own time limit. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The connections that outgoing requests use: through HTTP_PROXY where it is set, for plain HTTP in absolute form,
 * which is how a sidecar captures a workload that runs outside of a cluster.
 */
export function createDispatcher(settings: CommonSettings): Dispatcher {
  return new EnvHttpProxyAgent({
    // An empty string stands for "none" and keeps the agent from reading process.env past our settings.
    httpProxy: settings.HTTP_PROXY ?? '',
    httpsProxy: settings.HTTP_PROXY ?? '',
    noProxy: settings.NO_PROXY ?? '',
    connect: { timeout: CONNECT_TIMEOUT_MS },
    // undici's word for "no keep-alive".
    pipelining: settings.HTTP_KEEP_ALIVE ? 1 : 0,
  });
}
