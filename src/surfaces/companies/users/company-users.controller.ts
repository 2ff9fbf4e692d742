import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import type { CompanyScope } from '../companies.credential.js';
import {
  ApiCommonFailures,
  ApiFailures,
  ApiItemResponse,
  CompaniesErrorResponseDto,
} from '../companies.docs.js';
import { envelopeJson } from '../companies.envelope.js';
import { CompanyUserResponseDto, writeUser } from './company-users.dto.js';
import { CompanyUsersService } from './company-users.service.js';

const SCOPES: readonly CompanyScope[] = ['user:read', 'companies:read'];

@ApiTags('User')
@ApiCommonFailures()
@Controller('api/v1/user')
export class CompanyUsersController {
  constructor(private readonly users: CompanyUsersService) {}

  @Get()
  @Header('content-type', JSON_TYPE)
  @RequiresCredential('companies', { anyScope: SCOPES })
  @ApiOperation({ operationId: 'getCompanyUser', summary: 'Show the member that the credential belongs to' })
  @ApiItemResponse(CompanyUserResponseDto)
  @ApiFailures('forbidden')
  @ApiResponse({
    status: 404,
    type: CompaniesErrorResponseDto,
    description: 'The credential belongs to the organization, not to a member.',
  })
  async find(@CurrentCaller() caller: Caller): Promise<string> {
    return envelopeJson(writeUser(await this.users.find(caller)));
  }
}
