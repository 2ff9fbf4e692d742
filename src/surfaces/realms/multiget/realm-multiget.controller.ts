import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { ResponseWriter, type RealmResponse } from '../representation/realm-response.js';
import { RealmMultigetService } from './realm-multiget.service.js';
import { RealmMultigetDto, RealmMultigetResponseDto } from './realm-multiget.dto.js';
import { ApiItemResponse, ApiJsonOrXmlBody, ApiCommonFailures, ApiBodyFailures } from '../realms.docs.js';

@ApiTags('Multiget')
@RequiresCredential('realms', { scopes: ['read'] })
@ApiCommonFailures()
@Controller('v1/multiget')
export class RealmMultigetController {
  constructor(private readonly resources: RealmMultigetService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'getRealmResources', summary: 'Get up to 50 paths in one request' })
  @ApiJsonOrXmlBody(RealmMultigetDto)
  @ApiItemResponse(RealmMultigetResponseDto, 'Each with its own status.')
  @ApiBodyFailures()
  async get(
    @CurrentCaller() caller: Caller,
    @Body() { request }: RealmMultigetDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    const result: RealmMultigetResponseDto = { response: await this.resources.get(caller, request) };
    return response.write(result);
  }
}
