import { Body, Controller, Get, Header, HttpCode, Inject, Ip, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../../config/config.js';
import { Clock } from '../../core/clock.js';
import { Failure } from '../../core/failure.js';
import { instantOf, millisecondsOf } from '../../core/instant.js';
import { secretOf256Bits } from '../../core/random-code.js';
import { isFromOurPages } from './form-origin.js';
import { OpenToAnybody } from '../requirement.js';
import { sessionCookie } from './session-cookie.js';
import { SessionsRepository } from './sessions.repository.js';
import { SignInLinksRepository } from './sign-in-links.repository.js';
import { WrongLinks } from '../limits/wrong-links.js';
import { linkGonePage, noLinkPage, signedInPage, signedOutPage, signInPage } from './sign-in.page.js';

const SESSION_SECONDS = 12 * 60 * 60;
const TOKEN = /^[0-9A-Za-z]{43}$/;

/** The pages behind a sign-in link. */
@ApiExcludeController()
@OpenToAnybody('the link itself is the proof')
@Controller()
export class SignInController {
  constructor(
    private readonly links: SignInLinksRepository,
    private readonly sessions: SessionsRepository,
    private readonly wrongLinks: WrongLinks,
    private readonly clock: Clock,
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
      const member = await this.sessions.memberOf(request);
      return member === undefined ? respond(reply, 404, noLinkPage()) : signedInPage(member);
    }
    const validToken = await this.wrongLinks.open(
      address,
      async () => isToken(token) && (await this.links.isValid(token)) && token,
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
    const token = secretOf256Bits();
    const until = instantOf(millisecondsOf(this.clock.now()) + SESSION_SECONDS * 1000);
    const member = await this.wrongLinks.open(
      address,
      async () => isToken(link) && this.sessions.open(link, token, until),
    );
    if (member === undefined) return respond(reply, 410, linkGonePage());
    reply.header('set-cookie', sessionCookie(token, SESSION_SECONDS, this.config.publicUrl));
    return signedInPage(member);
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
    await this.sessions.end(request);
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
