import { Body, Controller, Get, Header, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { digestOf, sameDigest } from '../../../auth/credentials/bearer-key.js';
import { isFromOurPages } from '../../../auth/sign-in/form-origin.js';
import type { RequestTokenRow } from '../../../auth/oauth1/oauth-tokens.repository.js';
import { OpenToAnybody } from '../../../auth/requirement.js';
import { sessionTokenIn } from '../../../auth/sign-in/session-cookie.js';
import { SessionsRepository, type SignedInMember } from '../../../auth/sign-in/sessions.repository.js';
import { CONFIG, type Config } from '../../../config/config.js';
import { Failure } from '../../../core/failure.js';
import { isStorable } from '../../../core/storable-text.js';
import {
  agreedPage,
  badCallbackPage,
  consentPage,
  declinedPage,
  noSuchRequestPage,
  signInFirstPage,
} from './realm-consent.page.js';
import { callbackOf, RealmConsentsService } from './realm-consents.service.js';

/** A query or a form; real clients spell the callback either way. */
interface Question {
  readonly oauth_token?: unknown;
  readonly oauth_callback?: unknown;
  readonly return_url?: unknown;
  readonly proof?: unknown;
  readonly answer?: unknown;
}

/** The leg between: the page on which a member agrees that a client acts for her. */
@ApiExcludeController()
@OpenToAnybody('a browser session says who is asked')
@Controller('oauth/authorize')
export class RealmConsentsController {
  constructor(
    private readonly consents: RealmConsentsService,
    private readonly sessions: SessionsRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async ask(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: Question,
  ): Promise<string> {
    const member = await this.sessions.memberOf(request);
    if (member === undefined) return say(reply, 401, signInFirstPage());
    const waiting = await this.waiting(member, query);
    if (waiting === undefined) return say(reply, 404, noSuchRequestPage());
    const callback = callbackOf(waiting, linkedBy(query));
    if (callback === null) return say(reply, 400, badCallbackPage());
    // A browser counts the redirect that follows a form as a target of that form.
    reply.header('content-security-policy', policy(callback));
    return consentPage({
      member,
      request: waiting,
      callback,
      proof: proofOf(request, waiting.token),
    });
  }

  @Post()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async answer(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: Question | undefined,
  ): Promise<string> {
    const form = body ?? {};
    const member = await this.sessions.memberOf(request);
    if (member === undefined) return say(reply, 401, signInFirstPage());
    this.assertOurForm(request, form);
    const waiting = await this.waiting(member, form);
    if (waiting === undefined) return say(reply, 404, noSuchRequestPage());
    const { organization_id, id } = member;
    if (form.answer !== 'allow') {
      await this.consents.decline(organization_id, waiting.token);
      return say(reply, 200, declinedPage());
    }
    const callback = callbackOf(waiting, linkedBy(form));
    if (callback === null) return say(reply, 400, badCallbackPage());
    const verifier = await this.consents.agree(organization_id, waiting.token, id);
    if (verifier === undefined) return say(reply, 404, noSuchRequestPage());
    if (callback === undefined) return say(reply, 200, agreedPage(verifier));
    reply.header('location', withAnswer(callback, waiting.token, verifier));
    return say(reply, 303, '');
  }

  private waiting(member: SignedInMember, { oauth_token }: Question): Promise<RequestTokenRow | undefined> {
    return typeof oauth_token === 'string' && isStorable(oauth_token)
      ? this.consents.waiting(member.organization_id, oauth_token)
      : Promise.resolve(undefined);
  }

  /** Neither another site nor another session can have made this form. */
  private assertOurForm(request: FastifyRequest, { oauth_token, proof }: Question): void {
    const expected = proofOf(request, String(oauth_token));
    const isOurs = typeof proof === 'string' && sameDigest(digestOf(proof), digestOf(expected));
    if (!isOurs || !isFromOurPages(request.headers, this.config.publicUrl)) {
      throw new Failure('forbidden', `This form was not sent by a page of ${this.config.publicUrl}.`);
    }
  }
}

/** Only who knows the session's secret can compute it. */
function proofOf(request: FastifyRequest, token: string): string {
  const session = sessionTokenIn(request.headers.cookie) ?? '';
  return digestOf(`consent ${session} ${token}`).toString('base64url');
}

function linkedBy({ oauth_callback, return_url }: Question): unknown {
  return oauth_callback ?? return_url;
}

function withAnswer(callback: string, token: string, verifier: string): string {
  const address = new URL(callback);
  address.searchParams.append('oauth_token', token);
  address.searchParams.append('oauth_verifier', verifier);
  return address.href;
}

function policy(callback: string | undefined): string {
  const target = callback === undefined ? '' : ` ${new URL(callback).origin}`;
  return (
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';" +
    `form-action 'self'${target};base-uri 'none';frame-ancestors 'none'`
  );
}

function say(reply: FastifyReply, status: number, text: string): string {
  void reply.status(status);
  return text;
}
