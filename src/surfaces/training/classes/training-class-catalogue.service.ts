import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import { timeOrderedId } from '../../../core/random-code.js';
import { isTrainingId } from '../training-id.js';
import { ownerUnknown } from '../training.failures.js';
import {
  TrainingClassesRepository,
  type TrainingClassDraft,
  type TrainingClassRow,
} from './training-classes.repository.js';

/** Fields of a class as a client gives them. `null` and, in a new class, a missing field are the initial value. */
type GivenClass = { readonly [Field in keyof TrainingClassDraft]?: TrainingClassDraft[Field] | null };

/** Rules of classes, for this API and the admin API alike. */
@Injectable()
export class TrainingClassCatalogueService {
  constructor(private readonly classes: TrainingClassesRepository) {}

  /** `undefined` if it does not exist. */
  async find(organizationId: number, id: string): Promise<TrainingClassRow | undefined> {
    return isTrainingId(id) ? this.classes.findClass(organizationId, id) : undefined;
  }

  async create(
    organizationId: number,
    given: GivenClass & { readonly name: string },
    now: Instant,
  ): Promise<TrainingClassRow> {
    const draft = {
      name: given.name,
      owner: given.owner ?? null,
      description: given.description ?? null,
      resources: given.resources ?? [],
      presentation_notes: given.presentation_notes ?? [],
      labels: given.labels ?? [],
    };
    const created = await this.classes.insertClass(organizationId, timeOrderedId(), draft, now);
    if (created === undefined) throw ownerUnknown();
    return created;
  }

  /** `undefined` if it does not exist. */
  async change(
    organizationId: number,
    id: string,
    given: GivenClass & { readonly name?: string },
    now: Instant,
  ): Promise<TrainingClassRow | undefined> {
    if (!isTrainingId(id)) return undefined;
    const change = {
      name: given.name,
      owner: given.owner,
      description: given.description,
      resources: given.resources === null ? [] : given.resources,
      presentation_notes: given.presentation_notes === null ? [] : given.presentation_notes,
      labels: given.labels === null ? [] : given.labels,
    };
    const changed = await this.classes.changeClass(organizationId, id, change, now);
    if (changed === undefined && (await this.find(organizationId, id)) !== undefined) throw ownerUnknown();
    return changed;
  }

  /** Returns whether it existed. One that is in use is a conflict. */
  async delete(organizationId: number, id: string): Promise<boolean> {
    return isTrainingId(id) && (await this.classes.deleteClass(organizationId, id));
  }
}
