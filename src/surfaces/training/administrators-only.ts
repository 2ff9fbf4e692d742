import { Injectable } from '@nestjs/common';
import { RequiresCredential, type AccessCheck } from '../../auth/requirement.js';
import type { Caller } from '../../core/caller.js';
import { Failure } from '../../core/failure.js';

/** Admits administrators of the organization, and credentials of the organization itself. */
@Injectable()
export class AdministratorsOnly implements AccessCheck {
  admit({ isAdmin }: Caller): Promise<void> {
    return isAdmin
      ? Promise.resolve()
      : Promise.reject(new Failure('forbidden', 'Only administrators of the organization may do this.'));
  }
}

/** The route is for administrators. */
export const RequiresAdministrator = (): MethodDecorator & ClassDecorator =>
  RequiresCredential('training', { accessCheck: AdministratorsOnly });
