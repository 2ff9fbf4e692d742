import { Body, Controller, Post, Req, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Audit } from '../../../audit/audit.js';
import { actorOf } from '../../../auth/actor.js';
import { Public } from '../../../auth/requirement.js';
import { CheckFirst } from '../../../http/check-first.filter.js';
import { ApiBodyFailures, ApiFailures, ApiItemResponse } from '../spaces.docs.js';
import { envelope, type Envelope } from '../spaces.envelope.js';
import { SignInDto, SignInResponseDto, viewSignIn } from './space-sign-in.dto.js';
import { SpaceSignInService } from './space-sign-in.service.js';

@ApiTags('People')
@Public('The access token is in the password of Basic authentication, which is verified here.')
@Controller('v1.0/auth/users')
export class SpaceSignInController {
  constructor(
    private readonly service: SpaceSignInService,
    private readonly audit: Audit,
  ) {}

  @Post()
  @UseFilters(CheckFirst(SpaceSignInService, (service, { headers }) => service.signIn(headers.authorization)))
  @ApiOperation({
    operationId: 'signIn',
    summary: 'Sign in with an e-mail address and an access token',
    description:
      'For clients that ask for a password: `Authorization: Basic` with the address of a user and, as the password, an ' +
      'access token of that user. The response repeats the token.',
    security: [],
  })
  @ApiItemResponse(SignInResponseDto)
  @ApiBodyFailures()
  @ApiFailures('unauthenticated', 'forbidden', 'unavailable', 'unexpected')
  async signIn(@Req() request: FastifyRequest, @Body() dto: SignInDto): Promise<Envelope<SignInResponseDto>> {
    const { authorization } = request.headers;
    const signedIn = await this.service.signIn(authorization, dto.organization ?? null);
    const { organizationId: organization_id, credentialId } = signedIn.caller;
    const subject = `credential:${credentialId}`;
    await this.audit.write(actorOf(request), {
      action: 'session.opened',
      organization_id,
      actor: `member:${signedIn.userId}`,
      subject,
    });
    return envelope(viewSignIn(signedIn));
  }
}
