import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries that concern no organization are for statements across all organizations only. */
export class AuditRowsWithoutOrganization1767225600071 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A new table gets this policy after all migrations, see src/database/policies.ts.
    await runner.query(`
      DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_policy WHERE polrelid = 'tenancy.audit_entries'::regclass) THEN
          ALTER POLICY of_organizations ON tenancy.audit_entries USING (CASE WHEN (
              coalesce(organization_id, 0) = ANY (
                (SELECT coalesce(current_setting('quintet.organizations', true), '{}')::integer[])::integer[])
            ) IS NOT FALSE THEN true END IS NOT NULL);
        END IF;
      END $$;
    `);
  }

  /** Older versions work with the stricter policy as well. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
