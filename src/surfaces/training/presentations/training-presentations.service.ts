import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalidField, type Failure } from '../../../core/failure.js';
import { timeOrderedId } from '../../../core/random-code.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { UploadedFile } from '../../../http/server/multipart.js';
import { isTrainingId } from '../training-id.js';
import { classNotFound, presentationNotFound } from '../training.failures.js';
import { fileNameOf, mediaTypeOf } from './training-file-name.js';
import type { PresentationNoteDto } from './training-presentations.dto.js';
import {
  TrainingPresentationsRepository,
  type PresentationContent,
  type PresentationFile,
  type PresentationKey,
  type PresentationNoteRow,
  type TrainingPresentationRow,
} from './training-presentations.repository.js';

/** Presentations of a class, and bytes of all presentations of an organization. */
const LIMITS = { mostInClass: 10, mostBytes: 100 * 1024 * 1024 };

/** Files of classes, and notes to their slides. */
@Injectable()
export class TrainingPresentationsService {
  constructor(
    private readonly presentations: TrainingPresentationsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async list({ organizationId }: Caller, classId: string): Promise<TrainingPresentationRow[]> {
    const rows = isTrainingId(classId) ? await this.presentations.listOf(organizationId, classId) : undefined;
    if (rows === undefined) throw classNotFound();
    return rows;
  }

  async find(caller: Caller, classId: string, id: string): Promise<TrainingPresentationRow> {
    return existing(await this.presentations.findPresentation(keyOf(caller, classId, id)));
  }

  async content(caller: Caller, classId: string, id: string): Promise<PresentationContent> {
    return existing(await this.presentations.findContent(keyOf(caller, classId, id)));
  }

  async notes(caller: Caller, classId: string, id: string): Promise<PresentationNoteRow[]> {
    return existing(await this.presentations.findNotes(keyOf(caller, classId, id))).notes;
  }

  async upload(caller: Caller, classId: string, file: UploadedFile): Promise<TrainingPresentationRow> {
    if (!isTrainingId(classId)) throw classNotFound();
    const { organizationId } = caller;
    const presentation = {
      organization_id: organizationId,
      class_id: classId,
      id: timeOrderedId(),
      ...contentOf(file),
      upload_date: this.clock.now(caller),
    };
    return this.unitOfWork.run(async (manager) => {
      const presentations = manager.withRepository(this.presentations);
      await presentations.lockOrganization(organizationId);
      const created = await presentations.insertPresentation(presentation, LIMITS);
      if (created === undefined) throw oneTooMany();
      return created;
    });
  }

  /** Replaces the file and keeps the notes. */
  async replaceFile(
    caller: Caller,
    classId: string,
    id: string,
    file: UploadedFile,
  ): Promise<TrainingPresentationRow> {
    const key = keyOf(caller, classId, id);
    const change = { ...contentOf(file), upload_date: this.clock.now(caller) };
    const replaced = await this.unitOfWork.run(async (manager) => {
      const presentations = manager.withRepository(this.presentations);
      await presentations.lockOrganization(caller.organizationId);
      return presentations.replaceFile(key, change, LIMITS);
    });
    if (replaced !== undefined) return replaced;
    await this.find(caller, classId, id);
    throw oneTooMany();
  }

  async replaceNotes(
    caller: Caller,
    classId: string,
    id: string,
    notes: readonly PresentationNoteDto[],
  ): Promise<PresentationNoteRow[]> {
    const key = keyOf(caller, classId, id);
    const rows = notes.map(({ slide, text }) => ({ id: timeOrderedId(), slide, text }));
    const replaced = await this.unitOfWork.run(async (manager) => {
      const presentations = manager.withRepository(this.presentations);
      return (await presentations.lock(key)) ? presentations.replaceNotes(key, rows) : undefined;
    });
    if (replaced !== undefined) return replaced;
    await this.find(caller, classId, id);
    throw presentationNotFound();
  }

  async deleteNotes(caller: Caller, classId: string, id: string): Promise<void> {
    await this.replaceNotes(caller, classId, id, []);
  }

  async delete(caller: Caller, classId: string, id: string): Promise<void> {
    if (await this.presentations.deletePresentation(keyOf(caller, classId, id))) return;
    await this.find(caller, classId, id);
    throw presentationNotFound();
  }
}

function contentOf(file: UploadedFile): PresentationFile {
  return {
    filename: fileNameOf(file.fileName),
    content_type: mediaTypeOf(file.contentType),
    size_bytes: file.bytes.length,
    md5: createHash('md5').update(file.bytes).digest('hex'),
    content: file.bytes,
  };
}

function oneTooMany(): Failure {
  return invalidField(
    'presentation',
    'presentation is one too many: a class has at most 10, and an organization 100 MiB of them',
  );
}

/** An id of another format is looked up as one that no row has, since an unknown class is told first. */
function keyOf({ organizationId }: Caller, classId: string, id: string): PresentationKey {
  return {
    organization_id: organizationId,
    class_id: isTrainingId(classId) ? classId : '',
    id: isTrainingId(id) ? id : '',
  };
}

function existing<Row>(row: Row | null | undefined): Row {
  if (row === undefined) throw classNotFound();
  if (row === null) throw presentationNotFound();
  return row;
}
