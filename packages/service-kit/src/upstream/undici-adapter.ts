import { AxiosError, type AxiosAdapter, type InternalAxiosRequestConfig } from 'axios';
import { type Dispatcher, errors } from 'undici';

/**
 * Lets axios send through undici, several times quicker than its own Node adapter. Redirects are not followed, and
 * an answer longer than `maxContentLength` bytes is refused while it arrives, not after.
 */
export function undiciAdapter(dispatcher: Dispatcher): AxiosAdapter {
  return async (config) => {
    const url = new URL(config.url ?? '');
    try {
      const answer = await dispatcher.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: (config.method ?? 'get').toUpperCase(),
        headers: config.headers.toJSON() as Record<string, string>,
        signal: (config.signal ?? null) as AbortSignal | null,
      });
      return {
        status: answer.statusCode,
        statusText: answer.statusText,
        headers: answer.headers as Record<string, string>,
        data: await readBody(answer.body, config.maxContentLength ?? Infinity),
        config,
        request: null,
      };
    } catch (cause) {
      throw toAxiosError(cause, config);
    }
  };
}

async function readBody(body: Dispatcher.ResponseData['body'], limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop destroys the body, and with it the connection.
    if (length > limit)
      throw new AxiosError(`answer is longer than ${limit} bytes`, AxiosError.ERR_BAD_RESPONSE);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function toAxiosError(cause: unknown, config: InternalAxiosRequestConfig): AxiosError {
  if (cause instanceof AxiosError) return cause;
  const timedOut =
    config.signal?.aborted === true ||
    cause instanceof errors.ConnectTimeoutError ||
    cause instanceof errors.HeadersTimeoutError;
  const code = timedOut ? AxiosError.ETIMEDOUT : AxiosError.ERR_NETWORK;
  const error = new AxiosError(cause instanceof Error ? cause.message : String(cause), code, config);
  error.cause = cause instanceof Error ? cause : new Error(String(cause));
  return error;
}
