import type { AxiosAdapter } from 'axios';
import type { Dispatcher } from 'undici';
import { AnswerReader } from './answer-reader.js';

/**
 * Lets axios send through undici, several times quicker than its own Node adapter. Requests have no body, and
 * redirects are not followed.
 */
export function undiciAdapter(dispatcher: Dispatcher): AxiosAdapter {
  return (config) =>
    new Promise((resolve, reject) => {
      const { origin, pathname, search } = new URL(config.url ?? '');
      dispatcher.dispatch(
        {
          origin,
          path: pathname + search,
          method: config.method?.toUpperCase() ?? 'GET',
          headers: config.headers.toJSON() as Record<string, string>,
        },
        new AnswerReader(config, resolve, reject),
      );
    });
}
