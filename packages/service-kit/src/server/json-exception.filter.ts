import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Answers every error as `{"error": "…"}`. What the caller didn't cause is logged, and told to nobody else. */
@Catch()
export class JsonExceptionFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost) {
    const http = host.switchToHttp();
    const { status, error } = describe(exception);
    if (status === 500) http.getRequest<FastifyRequest>().log.error({ err: exception }, 'request failed');
    void http.getResponse<FastifyReply>().code(status).send({ error });
  }
}

function describe(exception: unknown): { status: number; error: string } {
  if (exception instanceof HttpException) {
    const status = exception.getStatus();
    const body = exception.getResponse();
    // Nest's own exceptions carry a statusCode, and some repeat the request's path in their message.
    const ours =
      typeof body === 'object' && 'error' in body && !('statusCode' in body) ? body.error : undefined;
    return {
      status,
      error: typeof ours === 'string' ? ours : (STATUS_CODES[status] ?? 'error').toLowerCase(),
    };
  }
  // Fastify's own errors (body too large, body not JSON, …) carry their status.
  const { statusCode, message } = exception as { statusCode?: unknown; message?: unknown };
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return { status: statusCode, error: String(message) };
  }
  return { status: 500, error: 'internal server error' };
}
