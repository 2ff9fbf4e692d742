import { ApiProperty } from '@nestjs/swagger';
import { AUDIT_ACTIONS } from '../../audit/audit-actions.js';
import type { AuditFilter } from '../../audit/audit-entries.repository.js';
import type { AuditEntry } from '../../audit/audit-entry.entity.js';
import { FAILURE_KINDS } from '../../core/failure.js';
import type { Instant } from '../../core/instant.js';
import {
  check,
  NullableResponseField,
  OptionalQuery,
  ResponseField,
  type Field,
} from '../../http/validation/field.js';
import { choice, instant, queryNumber, text } from '../../http/validation/fields.js';
import { MAX_INTEGER } from '../../core/integer.js';
import { clamp, pageOf } from '../../core/page.js';

const PAGES = { defaultLimit: 100, maxLimit: 1000 };
const CURSOR = /^\d{1,18}$/;

const ACTION = choice(Object.keys(AUDIT_ACTIONS), {
  description: `What was done. ${Object.entries(AUDIT_ACTIONS)
    .map(([action, meaning]) => `\`${action}\`: ${meaning}`)
    .join('; ')}.`,
  example: 'credential.created',
});
const ACTOR = text({
  max: 300,
  description: 'Who did it: `admin:` and the name of an admin token, `credential:` or `member:` and an id.',
  example: 'admin:ADMIN_TOKEN',
});
const SUBJECT = text({
  max: 1000,
  description:
    'To what: `credential:` or `member:` and an id, the path of an admin call, what a wrong secret was for.',
  example: 'credential:7',
});
const ADDRESS = text({ max: 100, description: 'Address of the client.', example: '192.0.2.7' });
const OUTCOME = choice(['done', ...FAILURE_KINDS], {
  description: '`done`, or the kind of failure.',
  example: 'done',
});
const AT = instant({
  description: 'When; of several attempts, the first.',
  example: '2030-05-04T09:00:00.000Z',
});
const ORGANIZATION = queryNumber({ min: 1, description: 'Id of an organization.', example: 7 });
const ID: Field = {
  checks: [check('isCursor', 'must be the id of an entry', (value) => CURSOR.test(String(value)))],
  schema: {
    type: 'string',
    pattern: CURSOR.source,
    description: 'Its number; later ones are higher.',
    example: '41',
  },
};
const plain = (schema: Field['schema']): Field => ({ checks: [], schema });

/** Filters of the audit log. */
export class AuditQueryDto {
  @OptionalQuery(ORGANIZATION) organization_id?: number;
  @OptionalQuery(ACTION) action?: string;
  @OptionalQuery(ACTOR) actor?: string;
  @OptionalQuery(SUBJECT) subject?: string;
  @OptionalQuery(ADDRESS) address?: string;
  @OptionalQuery(OUTCOME) outcome?: string;
  @OptionalQuery(instant({ description: 'From then on.', example: '2030-05-04T09:00:00.000Z' }))
  since?: Instant;
  @OptionalQuery(instant({ description: 'Before then.', example: '2090-05-04T09:00:00.000Z' }))
  until?: Instant;

  @OptionalQuery({
    ...ID,
    schema: {
      ...ID.schema,
      description: 'Only entries before this one: `next` of the last page.',
      example: '4100',
    } as Field['schema'],
  })
  before?: string;

  @OptionalQuery(
    queryNumber({
      min: 1,
      max: PAGES.maxLimit,
      default: PAGES.defaultLimit,
      description: 'Entries on a page; a number out of range is pulled into it.',
      example: 100,
    }),
  )
  limit?: number;
}

/** One entry of the audit log. */
export class AuditEntryDto {
  @ResponseField(ID) id!: string;
  @ResponseField(AT) at!: Instant;
  @ResponseField(ACTION) action!: string;
  @NullableResponseField(plain({ type: 'integer', description: 'The organization concerned.', example: 7 }))
  organization_id!: number | null;
  @NullableResponseField(ACTOR) actor!: string | null;
  @NullableResponseField(ADDRESS) address!: string | null;
  @NullableResponseField(SUBJECT) subject!: string | null;
  @ResponseField(OUTCOME) outcome!: string;
  @ResponseField(plain({ type: 'integer', description: 'Attempts that the entry stands for.', example: 1 }))
  attempts!: number;
  @ResponseField(
    plain({
      type: 'object',
      additionalProperties: true,
      description: 'More, by action; never a secret.',
      example: { surface: 'training' },
    }),
  )
  details!: Readonly<Record<string, unknown>>;
  @NullableResponseField(
    plain({
      type: 'string',
      description: 'As in the request log and `x-request-id`.',
      example: 'b7ad6b7169203331',
    }),
  )
  request_id!: string | null;
}

/** A page of the audit log, newest first. */
export class AuditPageDto {
  @ApiProperty({ type: [AuditEntryDto] }) data!: readonly AuditEntryDto[];

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: '`before` of the next page; null on the last one.',
    example: '41',
  })
  next!: string | null;
}

export function filterOf(query: AuditQueryDto): AuditFilter {
  return {
    // One beyond PostgreSQL's `integer` is no organization's.
    organization_id:
      query.organization_id === undefined ? null : clamp(query.organization_id, 0, MAX_INTEGER),
    action: query.action ?? null,
    actor: query.actor ?? null,
    subject: query.subject ?? null,
    address: query.address ?? null,
    outcome: query.outcome ?? null,
    since: query.since ?? null,
    until: query.until ?? null,
    before: query.before ?? null,
  };
}

export function limitOf({ limit }: AuditQueryDto): number {
  return pageOf(1, limit, PAGES).limit;
}

export function viewAuditPage(entries: readonly AuditEntry[], limit: number): AuditPageDto {
  const last = entries.length === limit ? entries.at(-1) : undefined;
  return { data: entries, next: last?.id ?? null };
}
