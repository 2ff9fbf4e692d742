import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  UseFilters,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { REALMS_URL } from '../realms-url.js';
import { ResponseWriter, type RealmResponse } from '../representation/realm-response.js';
import { RealmCommentsService, type CommentPath } from './realm-comments.service.js';
import {
  CreateRealmCommentDto,
  RealmCommentResponseDto,
  RealmCommentListResponseDto,
  viewRealmComment,
  viewRealmCommentList,
} from './realm-comments.dto.js';
import { scopeOf, type EventPath } from '../catalogue/realm-scope.js';
import { ListPageQueryDto } from '../representation/list-page.dto.js';
import { pageLinks, sliceOf } from '../representation/realm-pagination.js';
import { PermissionFirst } from '../realm-permission.filter.js';
import {
  ApiItemResponse,
  ApiCreatedItemResponse,
  ApiEmptyResponse,
  ApiPathParameters,
  ApiJsonOrXmlBody,
  ApiFailures,
  ApiCommonFailures,
  ApiBodyFailures,
} from '../realms.docs.js';

const MayCreate = PermissionFirst(RealmCommentsService, (comments, caller, path: EventPath) =>
  comments.assertMayCreate(caller, path),
);

@ApiTags('Comments')
@RequiresCredential('realms', { onBehalf: true })
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1/:collection/:realm_id/events/:event_id/comments')
export class RealmCommentsController {
  constructor(
    private readonly comments: RealmCommentsService,
    @Inject(REALMS_URL) private readonly baseUrl: string,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listRealmComments', summary: 'List what was said about an event' })
  @ApiItemResponse(RealmCommentListResponseDto, 'One page, oldest first.')
  @ApiFailures('not-found', 'invalid')
  async list(
    @CurrentCaller() caller: Caller,
    @Param() path: EventPath,
    @Query() query: ListPageQueryDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    const { comments, total, event_id } = await this.comments.list(caller, path, query);
    const { realm_id } = scopeOf(caller, path);
    const url = `${this.baseUrl}/${path.collection}/${realm_id}/events/${event_id}/comments`;
    const links = pageLinks(url, sliceOf(query), total);
    return response.write(viewRealmCommentList(comments, { total, links }));
  }

  @Post()
  @UseFilters(MayCreate)
  @ApiOperation({ operationId: 'createRealmComment', summary: 'Say something about an event' })
  @ApiJsonOrXmlBody(CreateRealmCommentDto)
  @ApiCreatedItemResponse(RealmCommentResponseDto)
  @ApiBodyFailures()
  @ApiFailures('not-found')
  async create(
    @CurrentCaller() caller: Caller,
    @Param() path: EventPath,
    @Body() { comment }: CreateRealmCommentDto,
    @ResponseWriter() response: RealmResponse,
  ): Promise<string> {
    return response.write(viewRealmComment(await this.comments.create(caller, path, comment)));
  }

  @Delete(':comment_id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteRealmComment', summary: 'Take back a comment' })
  @ApiEmptyResponse()
  @ApiFailures('not-found')
  delete(@CurrentCaller() caller: Caller, @Param() path: CommentPath): Promise<void> {
    return this.comments.delete(caller, path);
  }
}
