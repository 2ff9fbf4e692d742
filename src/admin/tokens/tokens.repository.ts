import { AdminToken } from '../../auth/admin-tokens/admin-token.entity.js';
import { taken } from '../admin.failures.js';
import { AdminRepository } from '../admin.repository.js';

/** Admin tokens, for the admin API. */
export class TokensRepository extends AdminRepository<AdminToken> {
  static readonly entity = AdminToken;
  protected readonly noun = 'admin token';
  protected override readonly refusals = {
    uq_admin_tokens_name: () => taken('name', 'name is the name of another admin token'),
  };
}
