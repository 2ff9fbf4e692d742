import { Injectable } from '@nestjs/common';
import { Audit, type Actor } from '../../audit/audit.js';
import type { AdminToken } from '../../auth/admin-tokens/admin-token.entity.js';
import type { VerifiedAdminToken } from '../../auth/admin-tokens/admin-tokens.js';
import { digestOf, mintKey, publicPartOf } from '../../auth/credentials/bearer-key.js';
import { Clock } from '../../core/clock.js';
import { Failure } from '../../core/failure.js';
import { TokensRepository } from './tokens.repository.js';
import type { CreateTokenDto } from './tokens.dto.js';

/** Makes and revokes admin tokens. */
@Injectable()
export class TokensService {
  constructor(
    private readonly tokens: TokensRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Returns the row and the token, which cannot be retrieved later. Nobody hands out more than they have. */
  async create(
    { name, scopes, expires_at = null }: CreateTokenDto,
    by: VerifiedAdminToken,
    actor: Actor,
  ): Promise<{ row: AdminToken; token: string }> {
    const lacking = scopes.filter((scope) => !by.scopes.includes(scope));
    if (lacking.length > 0)
      throw new Failure('forbidden', `Your own admin token lacks the scope ${lacking.join(' and ')}.`);
    const token = mintKey('admin');
    const secret = { lookup: publicPartOf(token), secret_sha256: digestOf(token) };
    const values = { name, scopes, expires_at, ...secret, created_at: this.clock.now() };
    const row = await this.audit.run(actor, async (manager, record) => {
      const made = await manager.withRepository(this.tokens).insertRow(values);
      record({ action: 'token.created', subject: `admin:${name}`, details: { scopes, expires_at } });
      return made;
    });
    return { row, token };
  }

  async revoke(id: string, actor: Actor): Promise<void> {
    await this.audit.run(actor, async (manager, record) => {
      const tokens = manager.withRepository(this.tokens);
      const { name } = await tokens.findRow({}, id);
      await tokens.deleteRow({}, id);
      record({ action: 'token.revoked', subject: `admin:${name}` });
    });
  }
}
