import type { FastifyError } from 'fastify';
import { InvalidRequest } from '@bookinfo/analysis';
import { NotFoundError } from '../print/show-resources.js';

/** An error response; the message goes to the client. */
export class AdminError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Messages in place of Fastify's, by its error codes. */
const BODY_ERRORS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Content-Type must be application/json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'the body is not JSON: it is empty',
  FST_ERR_CTP_INVALID_JSON_BODY: 'the body is not JSON',
  FST_ERR_CTP_BODY_TOO_LARGE: 'the files are larger than 1 MiB together; send fewer at once',
};

/** Returns the response for an error of a handler or of Fastify. */
export function adminErrorOf(error: FastifyError | Error): AdminError {
  if (error instanceof AdminError) return error;
  if (error instanceof InvalidRequest) return new AdminError(400, error.message);
  if (error instanceof NotFoundError) return new AdminError(404, error.message);
  const { code = '', statusCode = 500 } = error as Partial<FastifyError>;
  return new AdminError(statusCode, BODY_ERRORS[code] ?? error.message);
}
