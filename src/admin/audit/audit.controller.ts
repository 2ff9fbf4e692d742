import { Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { AuditEntriesRepository } from '../../audit/audit-entries.repository.js';
import { RequiresAdminToken } from '../../auth/requirement.js';
import { AdminResource, ApiFailures } from '../admin.docs.js';
import { AuditPageDto, AuditQueryDto, filterOf, limitOf, viewAuditPage } from './audit.dto.js';

@AdminResource('Audit log', 'audit-entries')
export class AuditController {
  constructor(private readonly entries: AuditEntriesRepository) {}

  @Get()
  @RequiresAdminToken('audit')
  @ApiOperation({
    operationId: 'listAuditEntries',
    summary: 'Search the audit log, newest first',
    description:
      'Entries are kept as long as AUDIT_RETENTION_DAYS says. The next page begins before the last entry of this one, ' +
      'so entries that are written meanwhile move nothing.',
  })
  @ApiResponse({ status: 200, type: AuditPageDto, description: 'One page of the log.' })
  @ApiFailures('invalid')
  async list(@Query() query: AuditQueryDto): Promise<AuditPageDto> {
    const limit = limitOf(query);
    return viewAuditPage(await this.entries.search(filterOf(query), limit), limit);
  }
}
