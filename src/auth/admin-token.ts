import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { Failure } from '../core/failure.js';
import { digestOf, sameDigest } from './credentials/bearer-key.js';
import { WrongCredential } from './limits/wrong-credentials.js';

/** The token of the admin API. Without one, the admin API is closed. */
@Injectable()
export class AdminToken {
  private readonly digest: Buffer | undefined;

  constructor(@Inject(CONFIG) { adminToken }: Config) {
    this.digest = adminToken === undefined ? undefined : digestOf(adminToken);
  }

  /** Throws unless the `Authorization` header contains the token. */
  assertValid(authorization: string | undefined): void {
    if (this.digest === undefined) {
      throw new Failure('unauthenticated', 'The admin API is closed: ADMIN_TOKEN is not set.');
    }
    const token = /^Bearer +(.+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined)
      throw new Failure('unauthenticated', 'Send the admin token as "Authorization: Bearer …".');
    if (!sameDigest(digestOf(token), this.digest)) throw new WrongCredential('The admin token is wrong.');
  }
}
