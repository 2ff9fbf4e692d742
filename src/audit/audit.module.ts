import { Global, Module } from '@nestjs/common';
import { repositories } from '../database/statement-repository.js';
import { AuditEntriesRepository } from './audit-entries.repository.js';
import { AuditLines } from './audit-lines.js';
import { AuditPruner } from './audit-pruner.js';
import { Audit } from './audit.js';

/** The audit log: who did what, appended by all modules. */
@Global()
@Module({
  providers: [Audit, AuditLines, AuditPruner, ...repositories(AuditEntriesRepository)],
  exports: [Audit, AuditEntriesRepository, AuditLines],
})
export class AuditModule {}
