import { insertValues } from '../../database/columns.js';
import { statement } from '../../database/statement.js';
import { StatementRepository } from '../../database/statement-repository.js';
import { currentWindow, secondsLeft, takeColumns } from './rate-window.js';
import { RateWindow } from './rate-window.entity.js';

/** A credential's window after some of its requests were taken. */
export interface TakenRequests {
  /** Requests taken by all processes. */
  readonly taken: number;
  /** How many of them were taken by this statement. */
  readonly granted: number;
  /** In epoch seconds. */
  readonly started_at: number;
  readonly seconds_left: number;
}

export const WINDOW_SECONDS = 60;

/** Violated when the credential is deleted concurrently. */
export const RATE_WINDOW_CREDENTIAL_FK = 'fk_rate_windows_credential';

const TAKE = statement<TakenRequests>(
  'rate_window.take',
  `INSERT INTO tenancy.rate_windows AS w ${insertValues(RateWindow, {
    started_at: currentWindow(WINDOW_SECONDS),
    taken: ':requests',
    granted: ':requests',
  })}
   ON CONFLICT (organization_id, credential_id) DO UPDATE SET ${takeColumns(WINDOW_SECONDS)}
   RETURNING taken, granted, started_at::integer, ${secondsLeft('started_at', WINDOW_SECONDS)} AS seconds_left`,
);

/** The request counts of credentials, shared by all processes. */
export class RateWindowsRepository extends StatementRepository<RateWindow> {
  static readonly entity = RateWindow;

  /** Takes up to `requests` of what is left of the limit in the current window. */
  async take(
    organization_id: number,
    credential_id: number,
    requests: number,
    limit: number,
  ): Promise<TakenRequests> {
    const row = await this.one(TAKE, { organization_id, credential_id, requests, limit });
    if (row === undefined) throw new Error('A count answered no row.');
    return row;
  }
}
