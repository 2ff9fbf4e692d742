import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Realms: where a consumer key may send members back to, and whether its client has to bring the verifier. */
export class CallbackHosts1767225600031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE tenancy.credentials
        ADD COLUMN callback_hosts text[] NOT NULL DEFAULT '{}',
        ADD COLUMN verifier text NOT NULL DEFAULT 'required',
        ADD CONSTRAINT ck_credentials_verifier CHECK (verifier IN ('required', 'optional')),
        ADD CONSTRAINT ck_credentials_three_legs
          CHECK (surface = 'realms' OR (callback_hosts = '{}' AND verifier = 'required'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE tenancy.credentials DROP COLUMN callback_hosts, DROP COLUMN verifier;
    `);
  }
}
