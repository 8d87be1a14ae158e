import type { AxiosAdapter } from 'axios';
import type { Dispatchers } from './dispatchers.provider.js';
import { ResponseReader } from './response-reader.js';

/**
 * Creates an axios adapter that sends requests with undici, several times faster than axios' own adapter for Node. It
 * sends no bodies and follows no redirects.
 */
export function undiciAdapter(dispatchers: Dispatchers): AxiosAdapter {
  return (config) =>
    new Promise((resolve, reject) => {
      const url = new URL(config.url ?? '');
      dispatchers.for(url).dispatch(
        {
          origin: url.origin,
          path: url.pathname + url.search,
          method: config.method?.toUpperCase() ?? 'GET',
          headers: config.headers.toJSON() as Record<string, string>,
        },
        new ResponseReader(config, resolve, reject),
      );
    });
}
