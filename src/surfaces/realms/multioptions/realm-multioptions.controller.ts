import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresCredential } from '../../../auth/requirement.js';
import { ApiBodyFailures, ApiCommonFailures, ApiItemResponse, ApiJsonOrXmlBody } from '../realms.docs.js';
import { ResponseWriter, type RealmResponse } from '../representation/realm-response.js';
import { RealmMultioptionsDto, RealmMultioptionsResponseDto } from './realm-multioptions.dto.js';
import { RealmMultioptionsService } from './realm-multioptions.service.js';

@ApiTags('Multiget')
@RequiresCredential('realms', { scopes: ['read'] })
@ApiCommonFailures()
@Controller('v1/multioptions')
export class RealmMultioptionsController {
  constructor(private readonly options: RealmMultioptionsService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'getRealmMethods',
    summary: 'Show the methods of up to 50 paths in one request',
  })
  @ApiJsonOrXmlBody(RealmMultioptionsDto)
  @ApiItemResponse(RealmMultioptionsResponseDto, 'Each with its own status.')
  @ApiBodyFailures()
  find(@Body() { request }: RealmMultioptionsDto, @ResponseWriter() response: RealmResponse): string {
    const result: RealmMultioptionsResponseDto = { response: this.options.of(request) };
    return response.write(result);
  }
}
