import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { HttpError } from './http-error.js';

const MAX_BODY_BYTES = 1024 * 1024;

/** The request's body, checked. Throws an HttpError 413, 415 or 400. */
export async function readJson<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
): Promise<z.infer<Schema>> {
  // A web page can post other types without asking first (Fetch standard, CORS-safelisted content types).
  if (request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/json')
    throw new HttpError(415, 'Content-Type must be application/json');
  const text = await readText(request);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new HttpError(400, `the body is not JSON: ${(error as Error).message}`);
  }
  const { data, error } = schema.safeParse(value);
  if (error) {
    const [issue] = error.issues;
    throw new HttpError(400, `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  return data;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES)
      throw new HttpError(413, 'the files are larger than 1 MiB together; send fewer at once');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
