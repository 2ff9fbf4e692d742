import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { ApiCommonFailures, ApiItemResponse } from '../spaces.docs.js';
import { envelope, type Envelope } from '../spaces.envelope.js';
import { AccessTokenResponseDto, viewAccessToken } from './space-access-tokens.dto.js';
import { SpaceAccessTokensService } from './space-access-tokens.service.js';

@ApiTags('People')
@RequiresCredential('spaces')
@ApiCommonFailures()
@Controller('v1.0/auth')
export class SpaceAccessTokensController {
  constructor(private readonly tokens: SpaceAccessTokensService) {}

  @Get()
  @ApiOperation({ operationId: 'getAccessToken', summary: 'Show whose the access token is, and until when' })
  @ApiItemResponse(AccessTokenResponseDto)
  async find(@CurrentCaller() caller: Caller): Promise<Envelope<AccessTokenResponseDto>> {
    return envelope(viewAccessToken(caller, await this.tokens.findOwn(caller)));
  }
}
