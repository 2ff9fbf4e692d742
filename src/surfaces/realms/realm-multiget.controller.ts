import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Who } from '../../auth/caller.decorator.js';
import { RequiresCredential } from '../../auth/requirement.js';
import type { Caller } from '../../core/caller.js';
import { Into, type RealmAnswer } from './realm-answer.js';
import { RealmMultigetService } from './realm-multiget.service.js';
import { GetRealmResources, RealmMultigetAnswer } from './realm-multiget.wire.js';
import { Answers, Reads, RefusesAlways, RefusesBodies } from './realms.docs.js';

@ApiTags('Multiget')
@RequiresCredential('realms')
@RefusesAlways()
@Controller('v1/multiget')
export class RealmMultigetController {
  constructor(private readonly resources: RealmMultigetService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'getRealmResources', summary: 'Get up to 50 paths in one request' })
  @Reads(GetRealmResources)
  @Answers(RealmMultigetAnswer, 'Each with its own status.')
  @RefusesBodies()
  async get(
    @Who() caller: Caller,
    @Body() { request }: GetRealmResources,
    @Into() answer: RealmAnswer,
  ): Promise<string> {
    const all: RealmMultigetAnswer = { response: await this.resources.get(caller, request) };
    return answer.write(all);
  }
}
