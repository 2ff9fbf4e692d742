import { Body, Controller, Get, Header, HttpCode, Inject, Ip, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../actor.js';
import { CONFIG, type Config } from '../../config/config.js';
import { Failure } from '../../core/failure.js';
import { isFromOurPages } from './form-origin.js';
import { Public } from '../requirement.js';
import { sessionCookie } from './session-cookie.js';
import { WrongLinks } from '../limits/wrong-links.js';
import { SESSION_SECONDS, SignInService } from './sign-in.service.js';
import { linkGonePage, noLinkPage, signedInPage, signedOutPage, signInPage } from './sign-in.page.js';

const TOKEN = /^[0-9A-Za-z]{43}$/;

/** The pages behind a sign-in link. */
@ApiExcludeController()
@Public('the link itself is the proof')
@Controller()
export class SignInController {
  constructor(
    private readonly service: SignInService,
    private readonly wrongLinks: WrongLinks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Shows a sign-in button, or the signed-in member if there is no token. */
  @Get('sign-in')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ip() address: string,
    @Query('token') token?: unknown,
  ): Promise<string> {
    if (token === undefined) {
      const member = await this.service.memberOf(request);
      return member === undefined ? respond(reply, 404, noLinkPage()) : signedInPage(member);
    }
    const validToken = await this.wrongLinks.open(
      address,
      async () => isToken(token) && (await this.service.isValidLink(token)) && token,
    );
    return validToken === undefined ? respond(reply, 410, linkGonePage()) : signInPage(validToken);
  }

  /** Exchanges the link for a session. */
  @Post('sign-in')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async signIn(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ip() address: string,
    @Body() form: unknown,
  ): Promise<string> {
    this.assertOurPage(request);
    const { token: link } = (form ?? {}) as { token?: unknown };
    const session = await this.wrongLinks.open(
      address,
      async () => isToken(link) && this.service.openSession(link, actorOf(request)),
    );
    if (session === undefined) return respond(reply, 410, linkGonePage());
    reply.header('set-cookie', sessionCookie(session.token, SESSION_SECONDS, this.config.publicUrl));
    return signedInPage(session.member);
  }

  @Post('sign-out')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.assertOurPage(request);
    await this.service.endSession(request, actorOf(request));
    reply.header('set-cookie', sessionCookie('', 0, this.config.publicUrl));
    return signedOutPage();
  }

  private assertOurPage({ headers }: FastifyRequest): void {
    if (!isFromOurPages(headers, this.config.publicUrl)) {
      throw new Failure('forbidden', `This form was not sent by a page of ${this.config.publicUrl}.`);
    }
  }
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && TOKEN.test(value);
}

function respond(reply: FastifyReply, status: number, page: string): string {
  void reply.status(status);
  return page;
}
