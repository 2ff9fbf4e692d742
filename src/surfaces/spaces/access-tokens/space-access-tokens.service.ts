import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Failure } from '../../../core/failure.js';
import { SpacePeopleRepository, type CredentialTimes } from '../people/space-people.repository.js';

/** What a client may know about its access token. */
@Injectable()
export class SpaceAccessTokensService {
  constructor(private readonly people: SpacePeopleRepository) {}

  async findOwn({ organizationId, credentialId }: Caller): Promise<CredentialTimes> {
    const found = await this.people.findCredential(organizationId, credentialId);
    // Revoked since the guard accepted it.
    if (found === undefined) throw new Failure('unauthenticated', 'The credential is not valid.');
    return found;
  }
}
