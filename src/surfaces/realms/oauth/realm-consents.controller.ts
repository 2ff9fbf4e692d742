import { Body, Controller, Get, Header, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../../../auth/actor.js';
import { digestOf, sameDigest } from '../../../auth/credentials/bearer-key.js';
import { isFromOurPages } from '../../../auth/sign-in/form-origin.js';
import type { RequestTokenRow } from '../../../auth/oauth1/oauth-tokens.repository.js';
import { Public } from '../../../auth/requirement.js';
import { sessionTokenIn } from '../../../auth/sign-in/session-cookie.js';
import type { SignedInMember } from '../../../auth/sign-in/sessions.repository.js';
import { SignInService } from '../../../auth/sign-in/sign-in.service.js';
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

/** Query or form of the consent page. Clients use either name for the callback. */
interface ConsentInput {
  readonly oauth_token?: unknown;
  readonly oauth_callback?: unknown;
  readonly return_url?: unknown;
  readonly proof?: unknown;
  readonly answer?: unknown;
}

/** Second step of OAuth 1.0a: the page where a member lets a client act on their behalf. */
@ApiExcludeController()
@Public('a browser session says who is asked')
@Controller('oauth/authorize')
export class RealmConsentsController {
  constructor(
    private readonly consents: RealmConsentsService,
    private readonly sessions: SignInService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: ConsentInput,
  ): Promise<string> {
    const member = await this.sessions.memberOf(request);
    if (member === undefined) return respond(reply, 401, signInFirstPage());
    const pendingRequest = await this.pendingRequest(member, query);
    if (pendingRequest === undefined) return respond(reply, 404, noSuchRequestPage());
    const callback = callbackOf(pendingRequest, callbackIn(query));
    if (callback === null) return respond(reply, 400, badCallbackPage());
    // Browsers apply `form-action` to redirects after a form submission too.
    reply.header('content-security-policy', contentSecurityPolicy(callback));
    return consentPage({
      member,
      request: pendingRequest,
      callback,
      proof: this.proofOf(request, pendingRequest.token),
    });
  }

  @Post()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async submit(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: ConsentInput | undefined,
  ): Promise<string> {
    const form = body ?? {};
    const member = await this.sessions.memberOf(request);
    if (member === undefined) return respond(reply, 401, signInFirstPage());
    this.assertOwnForm(request, form);
    const pendingRequest = await this.pendingRequest(member, form);
    if (pendingRequest === undefined) return respond(reply, 404, noSuchRequestPage());
    if (form.answer !== 'allow') {
      await this.consents.decline(member, pendingRequest, actorOf(request));
      return respond(reply, 200, declinedPage());
    }
    const callback = callbackOf(pendingRequest, callbackIn(form));
    if (callback === null) return respond(reply, 400, badCallbackPage());
    const verifier = await this.consents.agree(member, pendingRequest, actorOf(request));
    if (verifier === undefined) return respond(reply, 404, noSuchRequestPage());
    if (callback === undefined) return respond(reply, 200, agreedPage(verifier));
    reply.header('location', withVerifier(callback, pendingRequest.token, verifier));
    return respond(reply, 303, '');
  }

  private pendingRequest(
    member: SignedInMember,
    { oauth_token }: ConsentInput,
  ): Promise<RequestTokenRow | undefined> {
    return typeof oauth_token === 'string' && isStorable(oauth_token)
      ? this.consents.pendingRequest(member.organization_id, oauth_token)
      : Promise.resolve(undefined);
  }

  /** CSRF protection: rejects forms from another site or session. */
  private assertOwnForm(request: FastifyRequest, { oauth_token, proof }: ConsentInput): void {
    const expected = this.proofOf(request, String(oauth_token));
    const isValid = typeof proof === 'string' && sameDigest(digestOf(proof), digestOf(expected));
    if (!isValid || !isFromOurPages(request.headers, this.config.publicUrl)) {
      throw new Failure('forbidden', `This form was not sent by a page of ${this.config.publicUrl}.`);
    }
  }

  /** CSRF token, derived from the session token. */
  private proofOf(request: FastifyRequest, token: string): string {
    const session = sessionTokenIn(request.headers.cookie, this.config.publicUrl) ?? '';
    return digestOf(`consent ${session} ${token}`).toString('base64url');
  }
}

function callbackIn({ oauth_callback, return_url }: ConsentInput): unknown {
  return oauth_callback ?? return_url;
}

function withVerifier(callback: string, token: string, verifier: string): string {
  const address = new URL(callback);
  address.searchParams.append('oauth_token', token);
  address.searchParams.append('oauth_verifier', verifier);
  return address.href;
}

function contentSecurityPolicy(callback: string | undefined): string {
  const target = callback === undefined ? '' : ` ${new URL(callback).origin}`;
  return (
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';" +
    `form-action 'self'${target};base-uri 'none';frame-ancestors 'none'`
  );
}

function respond(reply: FastifyReply, status: number, text: string): string {
  void reply.status(status);
  return text;
}
