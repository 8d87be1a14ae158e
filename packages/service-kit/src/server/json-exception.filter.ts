import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Responds to every exception with `{"error": "…"}`. An unexpected one is logged, and the client gets no detail of it. */
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
  // Nest converts Fastify's own errors (body too large, not JSON, …) to HttpExceptions as well.
  if (exception instanceof HttpException) {
    const status = exception.getStatus();
    const body = exception.getResponse();
    if (typeof body === 'object' && 'error' in body && !('statusCode' in body))
      return { status, error: String(body.error) };
    // The message of Nest's own 404 repeats the request's path.
    return { status, error: status === 404 ? 'not found' : exception.message };
  }
  return { status: 500, error: 'internal server error' };
}
