import { LOGIN_FIELDS, PRODUCTPAGE_PATHS } from '@bookinfo/contract';
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendHtml } from '../page/send-html.js';
import { Views } from '../page/views.js';
import { returnPath } from './return-path.js';
import { endSession, startSession } from './session.js';
import { parseUserName } from './user-name.js';

/** Signing in and out. The password is not looked at: the sample is about routing, not about accounts. */
@Controller()
export class SessionController {
  constructor(private readonly views: Views) {}

  @Post(PRODUCTPAGE_PATHS.login)
  login(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const user = parseUserName(givenName(request));
    if (user === undefined) {
      sendHtml(reply.code(400), this.views.loginRefused({ user: request.user }));
      return;
    }
    startSession(request, reply, user);
    goBack(request, reply);
  }

  @Get(PRODUCTPAGE_PATHS.logout)
  logout(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    endSession(request, reply);
    goBack(request, reply);
  }
}

function givenName({ body, url }: FastifyRequest): string | null {
  const inForm = body instanceof URLSearchParams ? body.get(LOGIN_FIELDS.userName) : null;
  // Not Fastify's query, in which what can't be decoded, such as %ff, stays as it is and looks like a name.
  return inForm ?? new URLSearchParams(url.split('?', 2)[1]).get(LOGIN_FIELDS.userName);
}

function goBack({ headers }: FastifyRequest, reply: FastifyReply): void {
  void reply.redirect(returnPath(headers.referer, headers.host), 302);
}
