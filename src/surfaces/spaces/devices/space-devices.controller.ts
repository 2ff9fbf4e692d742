import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../../auth/caller.decorator.js';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { JSON_TYPE } from '../../../core/json-text.js';
import {
  ApiCommonFailures,
  ApiEmptyListResponse,
  ApiFailures,
  ApiItemResponse,
  ApiPathParameters,
} from '../spaces.docs.js';
import { envelope, envelopeJson, type Envelope } from '../spaces.envelope.js';
import { SpaceCalendarResponseDto } from './space-calendar.dto.js';
import { SpaceDevicesService } from './space-devices.service.js';

@ApiTags('Calendars and devices')
@RequiresCredential('spaces')
@ApiPathParameters()
@ApiCommonFailures()
@Controller('v1.0')
export class SpaceDevicesController {
  constructor(private readonly devices: SpaceDevicesService) {}

  @Get('spaces/:space_id/calendar')
  @ApiOperation({ operationId: 'getSpaceCalendar', summary: 'Show the calendar of a space' })
  @Header('content-type', JSON_TYPE)
  @ApiItemResponse(SpaceCalendarResponseDto)
  @ApiFailures('not-found')
  async findCalendar(@CurrentCaller() caller: Caller, @Param('space_id') id: string): Promise<string> {
    return envelopeJson(await this.devices.findCalendar(caller, id));
  }

  @Get('spaces/:space_id/devices')
  @ApiOperation({ operationId: 'listSpaceDevices', summary: 'List the devices of a space: none' })
  @ApiEmptyListResponse()
  @ApiFailures('not-found')
  async listOfSpace(@CurrentCaller() caller: Caller, @Param('space_id') id: string): Promise<Envelope<[]>> {
    return envelope(await this.devices.listOfSpace(caller, id));
  }

  @Get('organizations/:organization/devices')
  @ApiOperation({
    operationId: 'listOrganizationDevices',
    summary: 'List the devices of your organization: none',
  })
  @ApiEmptyListResponse()
  @ApiFailures('not-found')
  listDevices(@CurrentCaller() caller: Caller, @Param('organization') id: string): Promise<Envelope<[]>> {
    return this.listOfOrganization(caller, id);
  }

  @Get('organizations/:organization/apps')
  @ApiOperation({ operationId: 'listOrganizationApps', summary: 'List the apps of your organization: none' })
  @ApiEmptyListResponse()
  @ApiFailures('not-found')
  listApps(@CurrentCaller() caller: Caller, @Param('organization') id: string): Promise<Envelope<[]>> {
    return this.listOfOrganization(caller, id);
  }

  @Get('organizations/:organization/projects')
  @ApiOperation({
    operationId: 'listOrganizationProjects',
    summary: 'List the projects of your organization: none',
  })
  @ApiEmptyListResponse()
  @ApiFailures('not-found')
  listProjects(@CurrentCaller() caller: Caller, @Param('organization') id: string): Promise<Envelope<[]>> {
    return this.listOfOrganization(caller, id);
  }

  @Get('me/devices')
  @ApiOperation({ operationId: 'listMyDevices', summary: 'List your own devices: none' })
  @ApiEmptyListResponse()
  @ApiFailures('not-found')
  listOwnDevices(@CurrentCaller() caller: Caller): Envelope<[]> {
    return envelope(this.devices.listOwn(caller));
  }

  @Get('me/authorizations')
  @ApiOperation({ operationId: 'listMyAuthorizations', summary: 'List the apps you have authorized: none' })
  @ApiEmptyListResponse()
  @ApiFailures('not-found')
  listOwnAuthorizations(@CurrentCaller() caller: Caller): Envelope<[]> {
    return envelope(this.devices.listOwn(caller));
  }

  @Get('me/channels')
  @ApiOperation({ operationId: 'listMyChannels', summary: 'List your own channels: none' })
  @ApiEmptyListResponse()
  @ApiFailures('not-found')
  listOwnChannels(@CurrentCaller() caller: Caller): Envelope<[]> {
    return envelope(this.devices.listOwn(caller));
  }

  @Get('me/projects')
  @ApiOperation({ operationId: 'listMyProjects', summary: 'List your own projects: none' })
  @ApiEmptyListResponse()
  @ApiFailures('not-found')
  listOwnProjects(@CurrentCaller() caller: Caller): Envelope<[]> {
    return envelope(this.devices.listOwn(caller));
  }

  private async listOfOrganization(caller: Caller, idOrSlug: string): Promise<Envelope<[]>> {
    return envelope(await this.devices.listOfOrganization(caller, idOrSlug));
  }
}
