import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { isTrainingId } from '../training-id.js';
import { eventNotFound, workspaceNotFound } from '../training.failures.js';
import { workspacesOf, type Workspace } from './training-workspaces.js';
import { TrainingWorkspacesRepository } from './training-workspaces.repository.js';

/** Workspaces of events. */
@Injectable()
export class TrainingWorkspacesService {
  constructor(private readonly workspaces: TrainingWorkspacesRepository) {}

  async list({ organizationId }: Caller, eventId: string): Promise<Workspace[]> {
    const event = isTrainingId(eventId) ? await this.workspaces.peopleOf(organizationId, eventId) : undefined;
    if (event === undefined) throw eventNotFound();
    return workspacesOf(event);
  }

  async find(caller: Caller, eventId: string, id: string): Promise<Workspace> {
    const found = (await this.list(caller, eventId)).find((workspace) => workspace.id === id);
    if (found === undefined) throw workspaceNotFound();
    return found;
  }
}
