import { Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../../../auth/actor.js';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { unauthenticated, type SignedRequest } from '../../../auth/oauth1/signed-request.js';
import { RequiresCredential, RequiresRequestToken } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { RealmConsentsService, type IssuedToken } from './realm-consents.service.js';
import { signedRequestOf } from './realm-signed-request.js';
import { ApiFailures, ApiCommonFailures, ApiBodyFailures } from '../realms.docs.js';

const FORM = 'application/x-www-form-urlencoded';

const POST_DESCRIPTION =
  'The method is part of what is signed. The OAuth parameters may also be those of a form body, which is signed then.';

const TokenResponse = (description: string): MethodDecorator =>
  ApiResponse({
    status: 200,
    description,
    content: {
      [FORM]: {
        schema: { type: 'string', example: 'oauth_token=h4kPzQ7wXn2RbTsYd&oauth_token_secret=…' },
      },
    },
  });

/** First and third step of OAuth 1.0a; the second is the consent page. */
@ApiTags('OAuth')
@RequiresCredential('realms', { scopes: [] })
@ApiCommonFailures()
@Controller('v1/oauth')
export class RealmTokensController {
  constructor(private readonly consents: RealmConsentsService) {}

  @Get('request_token')
  @Header('content-type', FORM)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'getRealmRequestToken',
    summary: 'Ask for a token to send a member to /oauth/authorize with',
    description:
      'An `oauth_callback` must lead to a host that is registered with the key (`callback_hosts` in the admin API); with ' +
      '`oob`, or without any, the member is shown the verifier.',
  })
  @TokenResponse('A request token, good for an hour.')
  @ApiFailures('invalid')
  async request(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest): Promise<string> {
    const { callback } = signedRequest(request);
    const confirmed = callback === undefined ? {} : { oauth_callback_confirmed: 'true' };
    return formEncode(await this.consents.request(caller, callback, actorOf(request)), confirmed);
  }

  @Post('request_token')
  @HttpCode(200)
  @Header('content-type', FORM)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'postRealmRequestToken',
    summary: 'The same with POST',
    description: POST_DESCRIPTION,
  })
  @TokenResponse('A request token, good for an hour.')
  @ApiBodyFailures()
  requestByPost(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest): Promise<string> {
    return this.request(caller, request);
  }

  @Get('access_token')
  @RequiresRequestToken('realms')
  @Header('content-type', FORM)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'getRealmAccessToken',
    summary: 'Exchange a request token that a member agreed to',
    description:
      'Takes the `oauth_verifier` that the callback carried or the page showed. Clients of the older protocol send none, ' +
      'as schoolopy and the PHP SDK of the vendor: their key is made with `verifier` `optional` in the admin API.',
  })
  @TokenResponse('An access token, good until it is revoked.')
  async exchange(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest): Promise<string> {
    return formEncode(await this.consents.exchange(caller, signedRequest(request), actorOf(request)));
  }

  @Post('access_token')
  @HttpCode(200)
  @RequiresRequestToken('realms')
  @Header('content-type', FORM)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'postRealmAccessToken',
    summary: 'The same with POST',
    description: POST_DESCRIPTION,
  })
  @TokenResponse('An access token, good until it is revoked.')
  @ApiBodyFailures()
  exchangeByPost(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest): Promise<string> {
    return this.exchange(caller, request);
  }
}

/** Reads the OAuth parameters; the guard has already verified the signature. */
function signedRequest(request: FastifyRequest): SignedRequest {
  const signed = signedRequestOf(request);
  if (signed === undefined) throw unauthenticated('The request is not signed.');
  return signed;
}

function formEncode({ token, secret }: IssuedToken, extra: Record<string, string> = {}): string {
  return new URLSearchParams({ oauth_token: token, oauth_token_secret: secret, ...extra }).toString();
}
