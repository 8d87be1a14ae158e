import type { AxiosAdapter } from 'axios';
import { AnswerReader } from './answer-reader.js';
import type { Dispatchers } from './dispatchers.js';

/**
 * Lets axios send through undici, several times quicker than its own Node adapter. Requests have no body, and
 * redirects are not followed.
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
        new AnswerReader(config, resolve, reject),
      );
    });
}
