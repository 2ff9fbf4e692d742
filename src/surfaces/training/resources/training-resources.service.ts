import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalidField } from '../../../core/failure.js';
import { timeOrderedId } from '../../../core/random-code.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { TrainingClassesRepository } from '../classes/training-classes.repository.js';
import { isTrainingId } from '../training-id.js';
import { classNotFound, resourceNotFound } from '../training.failures.js';
import type { CreateTrainingResourceDto, UpdateTrainingResourceDto } from './training-resources.dto.js';
import { TrainingResourcesRepository, type TrainingResourceRow } from './training-resources.repository.js';

/** Resources that a class can have. */
const MAX_RESOURCES = 100;
const DEFAULT_TYPE = 'lab_instance';

/** Lab machines of classes. They are descriptions only: nothing is started. */
@Injectable()
export class TrainingResourcesService {
  constructor(
    private readonly resources: TrainingResourcesRepository,
    private readonly classes: TrainingClassesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async list({ organizationId }: Caller, classId: string): Promise<TrainingResourceRow[]> {
    const rows = isTrainingId(classId) ? await this.resources.listOf(organizationId, classId) : undefined;
    if (rows === undefined) throw classNotFound();
    return rows;
  }

  async find({ organizationId }: Caller, classId: string, id: string): Promise<TrainingResourceRow> {
    if (!isTrainingId(classId)) throw classNotFound();
    // An id of another format is looked up as well, since an unknown class is told first.
    const found = await this.resources.findResource(organizationId, classId, isTrainingId(id) ? id : '');
    if (found === undefined) throw classNotFound();
    if (found === null) throw resourceNotFound();
    return found;
  }

  async create(
    caller: Caller,
    classId: string,
    dto: CreateTrainingResourceDto,
  ): Promise<TrainingResourceRow> {
    if (!isTrainingId(classId)) throw classNotFound();
    const { organizationId } = caller;
    const draft = {
      type: dto.type ?? DEFAULT_TYPE,
      name: dto.name,
      image_id: dto.image_id ?? null,
      image_user: dto.image_user ?? null,
      instance_type: dto.instance_type ?? null,
      is_custom_image: dto.is_custom_image ?? false,
      webview_links: dto.webview_links ?? [],
      userdata: dto.userdata ?? null,
      post_launch_script: dto.post_launch_script ?? null,
      ec2_region: dto.ec2_region ?? null,
      view_interface: dto.view_interface ?? null,
      image_region_mapping: dto.image_region_mapping ?? null,
    };
    const id = timeOrderedId();
    const now = this.clock.now(caller);
    return this.unitOfWork.run(async (manager) => {
      if (!(await manager.withRepository(this.classes).lockClass(organizationId, classId)))
        throw classNotFound();
      const created = await manager
        .withRepository(this.resources)
        .insertResource(organizationId, classId, id, draft, now, MAX_RESOURCES);
      if (created === undefined) throw invalidField('', `A class has at most ${MAX_RESOURCES} resources.`);
      return created;
    });
  }

  async change(
    caller: Caller,
    classId: string,
    id: string,
    dto: UpdateTrainingResourceDto,
  ): Promise<TrainingResourceRow> {
    const change = {
      type: dto.type === null ? DEFAULT_TYPE : dto.type,
      name: dto.name,
      image_id: dto.image_id,
      image_user: dto.image_user,
      instance_type: dto.instance_type,
      is_custom_image: dto.is_custom_image === null ? false : dto.is_custom_image,
      webview_links: dto.webview_links === null ? [] : dto.webview_links,
      userdata: dto.userdata,
      post_launch_script: dto.post_launch_script,
      ec2_region: dto.ec2_region,
      view_interface: dto.view_interface,
      image_region_mapping: dto.image_region_mapping,
    };
    const now = this.clock.now(caller);
    const changed =
      isTrainingId(classId) && isTrainingId(id)
        ? await this.resources.changeResource(caller.organizationId, classId, id, change, now)
        : undefined;
    if (changed !== undefined) return changed;
    await this.find(caller, classId, id);
    throw resourceNotFound();
  }

  async delete(caller: Caller, classId: string, id: string): Promise<void> {
    const { organizationId } = caller;
    const isDeleted =
      isTrainingId(classId) &&
      isTrainingId(id) &&
      (await this.resources.deleteResource(organizationId, classId, id));
    if (isDeleted) return;
    await this.find(caller, classId, id);
    throw resourceNotFound();
  }
}
