import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { Failure, invalid } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { companyForbidden, eventNotFound, InvalidEvent } from '../companies.failures.js';
import type { CompanyRow, Slice } from '../companies/companies.repository.js';
import { isOffline } from './company-event.conditions.js';
import { changeOf, fieldsOf, defaultZone } from './company-event.draft.js';
import { faultsAfter, type RawChange } from './company-event.merge.js';
import { isEventSlug, isReservedSlug, slugOfName } from './company-event.slug.js';
import {
  CompanyEventsRepository,
  type CompanyEventChange,
  type CompanyEventFields,
  type CompanyEventRow,
} from './company-events.repository.js';
import type { UpdateCompanyEventDto, CreateCompanyEventDto } from './company-events.dto.js';

const CHANGE_ATTEMPTS = 3;
const NUMBER_ATTEMPTS = 10;

/** Company events. */
@Injectable()
export class CompanyEventsService {
  constructor(
    private readonly events: CompanyEventsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  list(company: CompanyRow, q: string, page: Page): Promise<Slice<CompanyEventRow>> {
    return this.events.list(company, q, page);
  }

  async find(company: CompanyRow, slug: string): Promise<CompanyEventRow> {
    const event = isEventSlug(slug) ? await this.events.findEvent(company, slug) : undefined;
    if (event === undefined) throw eventNotFound();
    return event;
  }

  /** One statement, unless the slug is reserved or taken. */
  async create(caller: Caller, company: CompanyRow, dto: CreateCompanyEventDto): Promise<CompanyEventRow> {
    const slug = slugOfName(dto.name);
    const fields = fieldsOf(dto, company);
    const now = this.clock.now(caller);
    const event = isReservedSlug(slug)
      ? undefined
      : await this.events.insertEvent(company, slug, fields, now);
    return event ?? this.createNumbered(company, slug, fields, now);
  }

  /** One statement, unless the zone was cleared or the event would be incomplete. */
  async change(
    caller: Caller,
    company: CompanyRow,
    slug: string,
    dto: UpdateCompanyEventDto,
  ): Promise<CompanyEventRow> {
    if (!isEventSlug(slug)) throw eventNotFound();
    for (let attempt = 1; attempt <= CHANGE_ATTEMPTS; attempt++) {
      const changed = await this.attemptChange(caller, company, slug, dto);
      if (changed !== undefined) return changed;
    }
    throw new Failure('unavailable', 'The event is being changed by others. Please try again.');
  }

  /**
   * Called when validation rejected a change: fails with 404 if there is no such event, else adds the faults of the
   * event as a whole.
   */
  async addFaults(company: CompanyRow, slug: string, body: unknown, refused: Failure): Promise<void> {
    if (refused instanceof InvalidEvent) return;
    const { faults } = refused;
    const event = await this.find(company, slug);
    if (faults.length === 0) return;
    const faulty = new Set(faults.map(({ field }) => field));
    throw invalid([...faults, ...faultsAfter(event, body as RawChange, faulty)]);
  }

  /**
   * Returns `undefined` if the event was incomplete but no longer is, because of a concurrent change: the caller
   * retries.
   */
  private async attemptChange(
    caller: Caller,
    company: CompanyRow,
    slug: string,
    dto: UpdateCompanyEventDto,
  ): Promise<CompanyEventRow | undefined> {
    const change = dto.timezone === null ? await this.withZone(company, slug, dto) : changeOf(dto);
    const changed = await this.events.changeEvent(company, slug, change, this.clock.now(caller));
    if (changed === undefined) throw eventNotFound();
    if (changed !== 'incomplete') return changed;
    this.assertComplete(await this.find(company, slug), dto);
    return undefined;
  }

  /** Creates the event under a slug with a number, with the company locked, so that each finds the next number free. */
  private createNumbered(
    company: CompanyRow,
    slug: string,
    fields: CompanyEventFields,
    now: Instant,
  ): Promise<CompanyEventRow> {
    return this.unitOfWork.run(async (manager) => {
      const events = manager.withRepository(this.events);
      if (!(await events.lockCompany(company))) throw companyForbidden();
      // An event whose own name ends in the number may still be created first, hence the retries.
      for (let attempt = 1; attempt <= NUMBER_ATTEMPTS; attempt++) {
        const event = await events.insertNumbered(company, slug, fields, now);
        if (event !== undefined) return event;
      }
      throw new Failure('unavailable', 'Too many events of this name are being created. Please try again.');
    });
  }

  private async withZone(
    company: CompanyRow,
    slug: string,
    dto: UpdateCompanyEventDto,
  ): Promise<CompanyEventChange> {
    const event = await this.find(company, slug);
    this.assertComplete(event, dto);
    const country = dto.country === undefined ? event.country : dto.country;
    const offline = isOffline({ attendance_mode: dto.attendance_mode ?? event.attendance_mode });
    return { ...changeOf(dto), timezone: offline ? defaultZone(country, company) : undefined };
  }

  private assertComplete(event: CompanyEventRow, dto: UpdateCompanyEventDto): void {
    const faults = faultsAfter(event, dto as RawChange);
    if (faults.length > 0) throw new InvalidEvent(faults);
  }
}
