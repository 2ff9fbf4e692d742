import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../audit/audit.js';
import { MemberDeletion } from '../../../auth/member-deletion.js';
import { MembersRepository } from '../../../auth/members.repository.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { Failure, invalidField } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import { pageOf } from '../../../core/page.js';
import { publicId } from '../../../core/random-code.js';
import { UnitOfWork, type EntityManager } from '../../../database/unit-of-work.js';
import { OutboxWorker } from '../../../outbox/outbox-worker.js';
import { isPollId, pollId } from '../poll-id.js';
import { notAdministrator, userNotFound } from '../polls.failures.js';
import {
  namePartsOf,
  type CreatePollUserDto,
  type ListPollUsersQueryDto,
  type UpdatePollUserDto,
} from './poll-users.dto.js';
import { PollUsersRepository, type PollUserRow } from './poll-users.repository.js';

const PAGES = { defaultLimit: 1000, maxLimit: 1000 };

/** A user after a write, and whether it was made by it. */
export interface SavedPollUser {
  readonly user: PollUserRow;
  readonly isNew: boolean;
}

/** Members of the organization, as users of this product. */
@Injectable()
export class PollUsersService {
  constructor(
    private readonly users: PollUsersRepository,
    private readonly members: MembersRepository,
    private readonly deletion: MemberDeletion,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: OutboxWorker,
    private readonly clock: Clock,
  ) {}

  list(
    { organizationId }: Caller,
    { emails, extid, page, limit }: ListPollUsersQueryDto,
  ): Promise<PollUserRow[]> {
    return this.users.list(organizationId, { emails, extids: extid }, pageOf(page, limit, PAGES));
  }

  async find({ organizationId }: Caller, id: string): Promise<PollUserRow> {
    const user = isPollId(id) ? await this.users.findUser(organizationId, id) : undefined;
    if (user === undefined) throw userNotFound();
    return user;
  }

  /** Asked before the content is refused: who may not write learns nothing of it. */
  assertMayWrite(caller: Caller): void {
    if (!caller.isAdmin) throw notAdministrator();
  }

  /** The same for a user that has to be there. */
  async assertMayChange(caller: Caller, id: string): Promise<void> {
    this.assertMayWrite(caller);
    await this.find(caller, id);
  }

  /** All users or none. Those whose id, external id or address is known already are changed. */
  async create(caller: Caller, inputs: readonly CreatePollUserDto[]): Promise<SavedPollUser[]> {
    this.assertMayWrite(caller);
    const now = this.clock.now(caller);
    const saved = await this.unitOfWork.run(async (manager) => {
      const tables = this.tablesIn(manager);
      const results: SavedPollUser[] = [];
      for (const input of inputs) results.push(await saveUser(tables, caller, input, now));
      return results;
    });
    this.outbox.wake();
    return saved;
  }

  async change(caller: Caller, id: string, input: UpdatePollUserDto): Promise<PollUserRow> {
    this.assertMayWrite(caller);
    if (!isPollId(id)) throw userNotFound();
    const now = this.clock.now(caller);
    return this.unitOfWork.run(async (manager) => {
      const tables = this.tablesIn(manager);
      const user = await tables.users.lockUser(caller.organizationId, { id });
      if (user === undefined) throw userNotFound();
      return changeUser(tables, caller, user, input, now);
    });
  }

  /** All users or none; each is named by its id or external id. */
  async changeAll(caller: Caller, inputs: readonly UpdatePollUserDto[]): Promise<PollUserRow[]> {
    this.assertMayWrite(caller);
    const now = this.clock.now(caller);
    return this.unitOfWork.run(async (manager) => {
      const tables = this.tablesIn(manager);
      const changed: PollUserRow[] = [];
      for (const [index, input] of inputs.entries()) {
        const id = input._id ?? input.id ?? undefined;
        const extid = extidOf(input);
        const user = await tables.users.lockUser(
          caller.organizationId,
          id === undefined ? { extid } : { id },
        );
        if (user === undefined) {
          const field = `users.${index}.${id === undefined ? 'extid' : '_id'}`;
          throw invalidField(field, `${field} is no user of your organization`);
        }
        changed.push(await changeUser(tables, caller, user, input, now));
      }
      return changed;
    });
  }

  async delete(caller: Caller, id: string, actor: Actor): Promise<void> {
    this.assertMayWrite(caller);
    const user = await this.find(caller, id);
    if (user.id === caller.memberId) throw new Failure('conflict', 'Nobody deletes themselves.');
    if (!(await this.deletion.delete(caller.organizationId, user.id, actor))) throw userNotFound();
  }

  private tablesIn(manager: EntityManager): Tables {
    return { users: manager.withRepository(this.users), members: manager.withRepository(this.members) };
  }
}

interface Tables {
  readonly users: PollUsersRepository;
  readonly members: MembersRepository;
}

async function saveUser(
  tables: Tables,
  caller: Caller,
  input: CreatePollUserDto,
  now: Instant,
): Promise<SavedPollUser> {
  const [email = ''] = input.emails;
  const names = { id: input._id ?? input.id ?? undefined, extid: extidOf(input), email };
  const known = await tables.users.lockUser(caller.organizationId, names);
  if (known !== undefined) return { user: await changeUser(tables, caller, known, input, now), isNew: false };
  const created = await tables.members.insertMember({
    organization_id: caller.organizationId,
    training_id: publicId(),
    polls_id: pollId(now),
    email,
    name: nameOf(input, null),
    time_zone: input.timezone ?? null,
    locale: input.language ?? null,
    is_admin: false,
    created_at: now,
  });
  // Somebody else may have made the user meanwhile; then this is a change.
  const user = await tables.users.lockUser(caller.organizationId, { email });
  if (user === undefined) throw userNotFound();
  return { user: await changeUser(tables, caller, user, input, now), isNew: created !== undefined };
}

async function changeUser(
  { users, members }: Tables,
  { organizationId }: Caller,
  user: PollUserRow,
  input: UpdatePollUserDto,
  now: Instant,
): Promise<PollUserRow> {
  if (input.organization != null && input.organization !== user.organization) {
    throw new Failure('forbidden', 'The key is not of this organization.');
  }
  const change = {
    email: input.emails?.[0] ?? user.email,
    name: nameOf(input, user.name),
    time_zone: input.timezone ?? user.time_zone,
    locale: input.language ?? user.locale,
  };
  await members.changeMember(organizationId, user.id, change, { now, emailField: 'emails' });
  await users.saveDetails(organizationId, user.id, extidOf(input), now);
  const changed = await users.findUser(organizationId, user.polls_id);
  if (changed === undefined) throw userNotFound();
  return changed;
}

function extidOf({ extid, account }: UpdatePollUserDto): string | undefined {
  return extid ?? account?.organization?.extid ?? undefined;
}

/** The full name that is given, else the one that its given parts make. */
function nameOf(
  { full_name, first_name, last_name }: UpdatePollUserDto,
  current: string | null,
): string | null {
  if (full_name != null) return full_name;
  if (first_name == null && last_name == null) return current;
  const { first, last } = namePartsOf(current);
  return [first_name ?? first, last_name ?? last].filter((part) => part !== '').join(' ');
}
