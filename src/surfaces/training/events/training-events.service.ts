import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import type { Instant } from '../../../core/instant.js';
import { pageOf } from '../../../core/page.js';
import { timeOrderedId } from '../../../core/random-code.js';
import type { StreamedRows } from '../../../database/streams.js';
import { accessAfter } from './training-event.lifecycle.js';
import { TrainingEventsRepository, type TrainingEventRow } from './training-events.repository.js';
import type {
  UpdateTrainingEventDto,
  CreateTrainingEventDto,
  ListTrainingEventsQueryDto,
} from './training-events.dto.js';
import { isTrainingId } from '../training-id.js';
import { eventIsLive, eventNotFound, eventNotReady } from '../training.failures.js';

/** Most events returned in a buffered response. Longer lists are streamed. */
export const MAX_ROWS_AT_ONCE = 1000;
const PAGES = { defaultLimit: 100, maxLimit: 1000 };

/** All rows, or batches of rows if the list is too long to buffer. */
export type EventList = readonly TrainingEventRow[] | StreamedRows<TrainingEventRow>;

/** Business rules of training events. */
@Injectable()
export class TrainingEventsService {
  constructor(
    private readonly events: TrainingEventsRepository,
    private readonly clock: Clock,
  ) {}

  now(caller: Caller): Instant {
    return this.clock.now(caller);
  }

  async find({ organizationId }: Caller, id: string): Promise<TrainingEventRow> {
    const event = isTrainingId(id) ? await this.events.findEvent(organizationId, id) : undefined;
    if (event === undefined) throw eventNotFound();
    return event;
  }

  /** All events that match the filters, or one page if `page` or `limit` is given. */
  async list(caller: Caller, { page, limit, ...filter }: ListTrainingEventsQueryDto): Promise<EventList> {
    const { organizationId } = caller;
    const now = this.clock.now(caller);
    if (page !== undefined || limit !== undefined) {
      return this.events.list(organizationId, filter, now, pageOf(page, limit, PAGES));
    }
    // Most organizations have few events, so this single statement usually returns all of them.
    const rows = await this.events.list(organizationId, filter, now, {
      limit: MAX_ROWS_AT_ONCE + 1,
      offset: 0,
    });
    return rows.length <= MAX_ROWS_AT_ONCE ? rows : this.events.listAll(caller, filter, now);
  }

  async create(caller: Caller, dto: CreateTrainingEventDto): Promise<TrainingEventRow> {
    const access = accessAfter({
      availability: dto.availability ?? 'public',
      trainees: dto.trainees ?? undefined,
    });
    const draft = {
      id: timeOrderedId(),
      name: dto.name,
      owner: dto.owner,
      class_id: dto.class_id,
      availability: access.availability ?? 'public',
      description: dto.description ?? null,
      date_start: dto.date_start,
      date_end: dto.date_end,
      include_chat: dto.include_chat ?? false,
      include_video: dto.include_video ?? false,
      tas: dto.tas ?? [],
      trainees: access.trainees ?? [],
      partner_id: dto.partner_id ?? null,
      use_new_terminal: dto.use_new_terminal ?? false,
    };
    return this.events.insertEvent(caller.organizationId, draft, this.clock.now(caller));
  }

  async change(caller: Caller, id: string, dto: UpdateTrainingEventDto): Promise<TrainingEventRow> {
    if (!isTrainingId(id)) throw eventNotFound();
    const access = accessAfter({ availability: dto.availability, trainees: cleared(dto.trainees, []) });
    const event = await this.events.changeEvent(caller.organizationId, id, this.clock.now(caller), {
      name: dto.name,
      owner: dto.owner,
      class_id: dto.class_id,
      availability: access.availability,
      description: dto.description,
      date_start: dto.date_start,
      date_end: dto.date_end,
      include_chat: cleared(dto.include_chat, false),
      include_video: cleared(dto.include_video, false),
      tas: cleared(dto.tas, []),
      trainees: access.trainees,
      partner_id: dto.partner_id,
    });
    if (event !== undefined) return event;
    await this.find(caller, id);
    throw eventIsLive();
  }

  async delete(caller: Caller, id: string): Promise<void> {
    if (!isTrainingId(id)) throw eventNotFound();
    if (await this.events.deleteReady(caller.organizationId, id, this.clock.now(caller))) return;
    await this.find(caller, id);
    throw eventNotReady();
  }
}

/** `null` in a change resets the field to its initial value. */
function cleared<T>(value: T | null | undefined, initial: T): T | undefined {
  return value === null ? initial : value;
}
