import { batchedDelete } from '../database/batched-delete.js';
import { columnNames, columnTypes, selectList } from '../database/columns.js';
import { acrossOrganizations, plannedEachTime, statement } from '../database/statement.js';
import { StatementRepository } from '../database/statement-repository.js';
import { AuditEntry } from './audit-entry.entity.js';

/** An entry to append. */
export type NewAuditEntry = Readonly<Omit<AuditEntry, 'id'>>;

const WRITTEN = columnNames(AuditEntry, { without: ['id'] });
const TYPES = columnTypes(AuditEntry);

const ADD = acrossOrganizations(
  statement<AuditEntry>(
    'audit_entry.add',
    `INSERT INTO tenancy.audit_entries (${WRITTEN.join(', ')})
   SELECT ${WRITTEN.map((name) => `e.${name}`).join(', ')}
     FROM json_to_recordset(:entries::json) AS e(${WRITTEN.map((name) => `${name} ${TYPES.get(name)}`).join(', ')})
   RETURNING ${columnNames(AuditEntry).join(', ')}`,
  ),
);

/** What entries are searched by; all of it must hold. */
export interface AuditFilter {
  readonly organization_id: number | null;
  readonly action: string | null;
  readonly actor: string | null;
  readonly subject: string | null;
  readonly address: string | null;
  readonly outcome: string | null;
  readonly since: string | null;
  readonly until: string | null;
  /** Entries before this one only. */
  readonly before: string | null;
}

const equals = (column: string, type: string): string =>
  `(:${column}::${type} IS NULL OR e.${column} = :${column})`;

// Which index serves best depends on the filters.
const FIND = acrossOrganizations(
  plannedEachTime<AuditEntry>(
    `SELECT ${selectList(AuditEntry, 'e')} FROM tenancy.audit_entries e
    WHERE ${equals('organization_id', 'integer')} AND ${equals('action', 'text')} AND ${equals('actor', 'text')}
      AND ${equals('subject', 'text')} AND ${equals('address', 'text')} AND ${equals('outcome', 'text')}
      AND (:since::timestamptz IS NULL OR e.at >= :since) AND (:until::timestamptz IS NULL OR e.at < :until)
      AND (:before::bigint IS NULL OR e.id < :before)
    ORDER BY e.id DESC LIMIT :limit`,
  ),
);

const PRUNE = batchedDelete('audit_entry.prune', {
  table: 'tenancy.audit_entries',
  key: 'id',
  rows: `at < now() - :days::integer * interval '1 day' ORDER BY at`,
});

/** The audit log, across all organizations. */
export class AuditEntriesRepository extends StatementRepository<AuditEntry> {
  static readonly entity = AuditEntry;

  /** Appends entries and returns them with their ids. */
  add(entries: readonly NewAuditEntry[]): Promise<AuditEntry[]> {
    return this.all(ADD, { entries: JSON.stringify(entries) });
  }

  /** The same for background work. */
  addInBackground(entries: readonly NewAuditEntry[]): Promise<AuditEntry[]> {
    return this.database.inBackground(ADD, { entries: JSON.stringify(entries) });
  }

  /** Newest first. */
  search(filter: AuditFilter, limit: number): Promise<AuditEntry[]> {
    return this.all(FIND, { ...filter, limit });
  }

  /** Deletes entries older than `days` days. Concurrent processes delete different rows. */
  prune(days: number, stopping: AbortSignal): Promise<void> {
    return this.deleteInBatches(PRUNE, { days }, stopping);
  }
}
