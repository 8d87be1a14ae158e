import { type ArgumentsHost, Catch, type ExceptionFilter, HttpStatus } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HTML_HEADERS } from '../page/html.decorator.js';
import { ViewsService } from '../page/views.service.js';
import { InvalidUserName } from './user-name.pipe.js';

/** Responds to an invalid user name with a page instead of JSON. */
@Catch(InvalidUserName)
export class LoginRefusedFilter implements ExceptionFilter {
  constructor(private readonly views: ViewsService) {}

  catch(_exception: InvalidUserName, host: ArgumentsHost) {
    const http = host.switchToHttp();
    const { user } = http.getRequest<FastifyRequest>();
    void http
      .getResponse<FastifyReply>()
      .code(HttpStatus.BAD_REQUEST)
      .headers(HTML_HEADERS)
      .send(this.views.loginRefused({ user }));
  }
}
