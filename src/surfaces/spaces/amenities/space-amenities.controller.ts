import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { pageOf } from '../../../core/page.js';
import { SpacePeopleService } from '../people/space-people.service.js';
import { PageQueryDto } from '../page-query.dto.js';
import {
  ApiBodyFailures,
  ApiCommonFailures,
  ApiCreatedItemResponse,
  ApiDeletedResponse,
  ApiFailures,
  ApiItemResponse,
  ApiPageResponse,
  ApiPathParameters,
} from '../spaces.docs.js';
import {
  createdEnvelope,
  DELETED,
  envelope,
  pageEnvelope,
  PAGES,
  type Envelope,
} from '../spaces.envelope.js';
import { CheckAdministratorFirst } from '../spaces.rights.js';
import {
  AmenitiesQueryDto,
  AmenityResponseDto,
  CreateAmenityDto,
  PutSpaceAmenityDto,
  SpaceAmenityResponseDto,
  UpdateAmenityDto,
} from './space-amenities.dto.js';
import { SpaceAmenitiesService } from './space-amenities.service.js';

@ApiTags('Amenities')
@RequiresCredential('spaces')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1.0')
export class SpaceAmenitiesController {
  constructor(private readonly amenities: SpaceAmenitiesService) {}

  @Get('organizations/:organization/amenities')
  @ApiOperation({ operationId: 'listAmenities', summary: 'List what spaces can have, by name' })
  @ApiPageResponse(AmenityResponseDto)
  @ApiFailures('not-found', 'invalid')
  async list(
    @CurrentCaller() caller: Caller,
    @Param('organization') organization: string,
    @Query() query: AmenitiesQueryDto,
  ): Promise<Envelope<readonly AmenityResponseDto[]>> {
    const page = pageOf(query.page, query.per_page, PAGES);
    return pageEnvelope(await this.amenities.list(caller, organization, query.query, page), page);
  }

  @Post('organizations/:organization/amenities')
  @UseFilters(
    CheckAdministratorFirst(SpacePeopleService, (people, caller, { organization = '' }) =>
      people.assertOwnOrganization(caller, organization),
    ),
  )
  @ApiOperation({ operationId: 'createAmenity', summary: 'Add an amenity, as an administrator' })
  @ApiCreatedItemResponse(AmenityResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found', 'conflict')
  async create(
    @CurrentCaller() caller: Caller,
    @Param('organization') organization: string,
    @Body() { name }: CreateAmenityDto,
  ): Promise<Envelope<AmenityResponseDto>> {
    return createdEnvelope(await this.amenities.create(caller, organization, name));
  }

  @Patch('amenities/:amenity_id')
  @UseFilters(
    CheckAdministratorFirst(SpaceAmenitiesService, (amenities, caller, { amenity_id = '' }) =>
      amenities.find(caller, amenity_id),
    ),
  )
  @ApiOperation({ operationId: 'changeAmenity', summary: 'Rename an amenity, as an administrator' })
  @ApiItemResponse(AmenityResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found', 'conflict')
  async change(
    @CurrentCaller() caller: Caller,
    @Param('amenity_id') id: string,
    @Body() { name }: UpdateAmenityDto,
  ): Promise<Envelope<AmenityResponseDto>> {
    return envelope(await this.amenities.change(caller, id, name));
  }

  @Delete('amenities/:amenity_id')
  @ApiOperation({
    operationId: 'deleteAmenity',
    summary: 'Delete an amenity and take it from its spaces, as an administrator',
  })
  @ApiDeletedResponse()
  @ApiFailures('forbidden', 'not-found')
  async delete(@CurrentCaller() caller: Caller, @Param('amenity_id') id: string): Promise<typeof DELETED> {
    await this.amenities.delete(caller, id);
    return DELETED;
  }

  @Get('spaces/:space_id/amenities')
  @ApiOperation({ operationId: 'listSpaceAmenities', summary: 'List the amenities of a space, by name' })
  @ApiPageResponse(SpaceAmenityResponseDto)
  @ApiFailures('not-found', 'invalid')
  async listOfSpace(
    @CurrentCaller() caller: Caller,
    @Param('space_id') id: string,
    @Query() query: PageQueryDto,
  ): Promise<Envelope<readonly SpaceAmenityResponseDto[]>> {
    const page = pageOf(query.page, query.per_page, PAGES);
    return pageEnvelope(await this.amenities.listOfSpace(caller, id, page), page);
  }

  @Get('spaces/:space_id/amenities/:amenity_id')
  @ApiOperation({ operationId: 'getSpaceAmenity', summary: 'Show what is said about an amenity of a space' })
  @ApiItemResponse(SpaceAmenityResponseDto)
  @ApiFailures('not-found')
  async findOfSpace(
    @CurrentCaller() caller: Caller,
    @Param('space_id') spaceId: string,
    @Param('amenity_id') amenityId: string,
  ): Promise<Envelope<SpaceAmenityResponseDto>> {
    return envelope(await this.amenities.findOfSpace(caller, spaceId, amenityId));
  }

  @Put('spaces/:space_id/amenities/:amenity_id')
  @UseFilters(
    CheckAdministratorFirst(SpaceAmenitiesService, (amenities, caller, { space_id = '', amenity_id = '' }) =>
      amenities.findSpaceAndAmenity(caller, space_id, amenity_id),
    ),
  )
  @ApiOperation({
    operationId: 'putSpaceAmenity',
    summary: 'Give a space an amenity, or change what is said about it, as an administrator',
  })
  @ApiItemResponse(SpaceAmenityResponseDto)
  @ApiBodyFailures()
  @ApiFailures('forbidden', 'not-found')
  async putOnSpace(
    @CurrentCaller() caller: Caller,
    @Param('space_id') spaceId: string,
    @Param('amenity_id') amenityId: string,
    @Body() dto: PutSpaceAmenityDto,
  ): Promise<Envelope<SpaceAmenityResponseDto>> {
    return envelope(await this.amenities.putOnSpace(caller, spaceId, amenityId, dto));
  }

  @Delete('spaces/:space_id/amenities/:amenity_id')
  @ApiOperation({
    operationId: 'deleteSpaceAmenity',
    summary: 'Take an amenity from a space, as an administrator',
  })
  @ApiDeletedResponse()
  @ApiFailures('forbidden', 'not-found')
  async takeFromSpace(
    @CurrentCaller() caller: Caller,
    @Param('space_id') spaceId: string,
    @Param('amenity_id') amenityId: string,
  ): Promise<typeof DELETED> {
    await this.amenities.takeFromSpace(caller, spaceId, amenityId);
    return DELETED;
  }
}
