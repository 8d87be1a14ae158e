import { LOGIN_FIELDS } from '@bookinfo/contract';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Injects the user name of a sign-in, from the form or else from the query; null when there is none. */
export const SignInName = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const { body, url } = context.switchToHttp().getRequest<FastifyRequest>();
  const inForm = body instanceof URLSearchParams ? body.get(LOGIN_FIELDS.userName) : null;
  // Not Fastify's query: it leaves text that can't be decoded, such as %ff, unchanged, and that looks like a name.
  return inForm ?? new URLSearchParams(url.split('?', 2)[1]).get(LOGIN_FIELDS.userName);
});
