import { Body, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../audit/audit.js';
import { CurrentActor } from '../../auth/actor.js';
import { RequiresAdminToken } from '../../auth/requirement.js';
import { AdminResource, ApiFailures, CreateRoute, DeleteRoute, FindRoute, ListRoute } from '../admin.docs.js';
import { ListQueryDto, listResponse, type ListResponse } from '../list.dto.js';
import { CreateTokenDto, NewTokenResponseDto, TokenResponseDto, viewToken } from './tokens.dto.js';
import { TokensRepository } from './tokens.repository.js';
import { TokensService } from './tokens.service.js';

@RequiresAdminToken('tokens')
@AdminResource('Admin tokens', 'tokens')
export class TokensController {
  constructor(
    private readonly service: TokensService,
    private readonly tokens: TokensRepository,
  ) {}

  @CreateRoute(NewTokenResponseDto, 'createToken', 'Make an admin token; it is shown this once')
  @ApiFailures('conflict')
  async create(
    @Body() dto: CreateTokenDto,
    @Req() { adminToken }: FastifyRequest,
    @CurrentActor() actor: Actor,
  ): Promise<NewTokenResponseDto> {
    if (adminToken === undefined) throw new Error('A route without an admin token makes one.');
    const { row, token } = await this.service.create(dto, adminToken, actor);
    return { ...viewToken(row), authorization: `Bearer ${token}` };
  }

  @ListRoute(
    TokenResponseDto,
    'listTokens',
    'List admin tokens, oldest first, but not ADMIN_TOKEN of the settings',
  )
  list(@Query() query: ListQueryDto): Promise<ListResponse<TokenResponseDto>> {
    return listResponse(query, (page) => this.tokens.findPage({}, page), viewToken);
  }

  @FindRoute(TokenResponseDto, 'getToken', 'Show what an admin token may do')
  async find(@Param('id') id: string): Promise<TokenResponseDto> {
    return viewToken(await this.tokens.findRow({}, id));
  }

  @DeleteRoute('deleteToken', 'Revoke an admin token: the next call with it is refused')
  async delete(@Param('id') id: string, @CurrentActor() actor: Actor): Promise<void> {
    await this.service.revoke(id, actor);
  }
}
