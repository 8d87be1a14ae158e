import { PRODUCTPAGE_PATHS } from '@bookinfo/contract';
import { Controller, Get, Post, Redirect, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LoginRefusedFilter } from './login-refused.filter.js';
import { returnPath } from './return-path.js';
import { SameOriginGuard } from './same-origin.guard.js';
import { endSession, startSession } from './session.js';
import { SignInName } from './sign-in-name.decorator.js';
import { UserNamePipe } from './user-name.pipe.js';

/**
 * Signing in and out. The password is ignored: the sample is about routing, not about accounts. Both handlers need the
 * reply to set the cookie, which Nest has no decorator for.
 */
@Controller()
@UseGuards(SameOriginGuard)
export class SessionController {
  @Post(PRODUCTPAGE_PATHS.login)
  @Redirect()
  @UseFilters(LoginRefusedFilter)
  login(
    @SignInName(UserNamePipe) user: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    startSession(request, reply, user);
    return { url: returnPath(request.headers.referer, request.headers.host) };
  }

  @Get(PRODUCTPAGE_PATHS.logout)
  @Redirect()
  logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    endSession(request, reply);
    return { url: returnPath(request.headers.referer, request.headers.host) };
  }
}
