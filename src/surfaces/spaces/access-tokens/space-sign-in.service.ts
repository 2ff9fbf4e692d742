import { Injectable } from '@nestjs/common';
import { Verifier } from '../../../auth/credentials/verifier.js';
import type { Caller } from '../../../core/caller.js';
import { Failure } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import { isStorable } from '../../../core/storable-text.js';
import { SpacePeopleRepository } from '../people/space-people.repository.js';
import { SpacePeopleService } from '../people/space-people.service.js';

export interface SignedIn {
  readonly caller: Caller;
  readonly token: string;
  readonly userId: number;
  readonly expires_at: Instant | null;
}

/** Says the same whatever was wrong, so that nobody learns which addresses are known. */
const refused = (): Failure =>
  new Failure(
    'forbidden',
    'Passwords are not used here. Ask an administrator for an access token and send it as the password.',
  );

/** Sign-in of clients that ask for an address and a password: the password is an access token of that user. */
@Injectable()
export class SpaceSignInService {
  constructor(
    private readonly verifier: Verifier,
    private readonly repository: SpacePeopleRepository,
    private readonly people: SpacePeopleService,
  ) {}

  async signIn(authorization: string | undefined, organization: string | null = null): Promise<SignedIn> {
    const signedIn = await this.authenticate(authorization);
    if (organization !== null && !(await this.people.isOwnOrganization(signedIn.caller, organization)))
      throw new Failure('forbidden', 'This is not your organization.');
    return signedIn;
  }

  private async authenticate(authorization: string | undefined): Promise<SignedIn> {
    const basic = /^Basic(?: +(?<encoded>.*))?$/is.exec(authorization ?? '');
    if (basic === null)
      throw new Failure('unauthenticated', 'The request carries no e-mail address and access token.');
    const text = Buffer.from(basic.groups?.encoded ?? '', 'base64').toString('utf8');
    const [, email = '', token = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
    if (token === '' || !isStorable(email)) throw refused();
    // Tokens are too long to be guessed, so unknown ones are not limited.
    const caller = await this.verifier.verifyKey('spaces', { key: token }, () => undefined);
    if (caller?.memberId == null) throw refused();
    const { organizationId, credentialId, memberId } = caller;
    const times = await this.repository.findCredentialOf(organizationId, credentialId, email);
    if (times === undefined) throw refused();
    return { caller, token, userId: memberId, expires_at: times.expires_at };
  }
}
