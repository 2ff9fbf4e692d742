import { columnNames, selectList } from '../../../database/columns.js';
import { whenRefused } from '../../../database/failures.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { joinedRow, joinedRows } from '../joined-rows.js';
import { classNotFound } from '../training.failures.js';
import { TrainingPresentation } from './training-presentation.entity.js';
import type { TrainingPresentationNote } from './training-presentation-note.entity.js';

export type TrainingPresentationRow = Readonly<Omit<TrainingPresentation, 'organization_id' | 'content'>>;
export type PresentationContent = Readonly<
  Pick<TrainingPresentation, 'filename' | 'content_type' | 'content'>
>;
export type PresentationNoteRow = Readonly<
  Pick<TrainingPresentationNote, 'id' | 'presentation_id' | 'slide' | 'text'> & {
    page: number;
    content: string;
  }
>;

export type PresentationFile = Readonly<
  Pick<TrainingPresentation, 'filename' | 'content_type' | 'size_bytes' | 'md5' | 'content'>
>;

export type PresentationKey = Readonly<Pick<TrainingPresentation, 'organization_id' | 'class_id' | 'id'>>;

/** How much may be stored. */
export interface PresentationLimits {
  readonly mostInClass: number;
  readonly mostBytes: number;
}

const COLUMNS = selectList(TrainingPresentation, 'p', { without: ['organization_id', 'content'] });
/** A note under both names of its slide and of its text. */
export const NOTE = `json_build_object('id', n.id, 'presentation_id', n.presentation_id,
                     'slide', n.slide, 'text', n.text, 'page', n.slide, 'content', n.text)`;
const NOTES = `(
  SELECT coalesce(json_agg(${NOTE} ORDER BY n.slide, n.position), '[]')
    FROM training.presentation_notes n
   WHERE n.organization_id = p.organization_id AND n.class_id = p.class_id AND n.presentation_id = p.id)`;

/** A class with one of its presentations, or nulls; an unknown class is no row. */
const ofClass = (columns: string): string => `
  SELECT ${columns}
    FROM training.classes c
    LEFT JOIN training.presentations p
      ON p.organization_id = c.organization_id AND p.class_id = c.id AND p.id = :id
   WHERE c.organization_id = :organization_id AND c.id = :class_id`;

const LIST = statement<TrainingPresentationRow>(
  'training.presentation.list',
  `SELECT ${COLUMNS}
     FROM training.classes c
     LEFT JOIN training.presentations p ON p.organization_id = c.organization_id AND p.class_id = c.id
    WHERE c.organization_id = :organization_id AND c.id = :class_id
    ORDER BY p.upload_date DESC, p.id DESC`,
);

const FIND = statement<TrainingPresentationRow>('training.presentation.find', ofClass(COLUMNS));
const FIND_CONTENT = statement<PresentationContent & { id: string }>(
  'training.presentation.find_content',
  ofClass('p.id, p.filename, p.content_type, p.content'),
);
const FIND_NOTES = statement<{ id: string; notes: PresentationNoteRow[] }>(
  'training.presentation.find_notes',
  ofClass(`p.id, ${NOTES} AS notes`),
);

const LOCK_ORGANIZATION = statement<{ id: number }>(
  'training.presentation.lock_organization',
  `SELECT id FROM tenancy.organizations WHERE id = :organization_id FOR NO KEY UPDATE`,
);

const CREATE = statement<TrainingPresentationRow>(
  'training.presentation.create',
  `INSERT INTO training.presentations AS p (${columnNames(TrainingPresentation).join(', ')})
   SELECT ${columnNames(TrainingPresentation)
     .map((name) => `:${name}`)
     .join(', ')}
    WHERE (SELECT count(*) FROM training.presentations other
            WHERE other.organization_id = :organization_id AND other.class_id = :class_id) < :most_in_class
      AND (SELECT coalesce(sum(other.size_bytes), 0) FROM training.presentations other
            WHERE other.organization_id = :organization_id) + :size_bytes::integer <= :most_bytes::bigint
   RETURNING ${COLUMNS}`,
);

const REPLACE_FILE = statement<TrainingPresentationRow>(
  'training.presentation.replace_file',
  `UPDATE training.presentations p
      SET filename = :filename, content_type = :content_type, size_bytes = :size_bytes::integer, md5 = :md5,
          content = :content, upload_date = :upload_date
    WHERE p.organization_id = :organization_id AND p.class_id = :class_id AND p.id = :id
      AND (SELECT coalesce(sum(other.size_bytes), 0) FROM training.presentations other
            WHERE other.organization_id = :organization_id)
          - p.size_bytes + :size_bytes::integer <= :most_bytes::bigint
   RETURNING ${COLUMNS}`,
);

const LOCK = statement<{ id: string }>(
  'training.presentation.lock',
  `SELECT id FROM training.presentations
    WHERE organization_id = :organization_id AND class_id = :class_id AND id = :id FOR NO KEY UPDATE`,
);

const DELETE_NOTES = statement<{ id: string }>(
  'training.presentation.delete_notes',
  `DELETE FROM training.presentation_notes
    WHERE organization_id = :organization_id AND class_id = :class_id AND presentation_id = :id`,
);

const INSERT_NOTES = statement<PresentationNoteRow>(
  'training.presentation.insert_notes',
  `WITH n AS (
     INSERT INTO training.presentation_notes (organization_id, class_id, presentation_id, id, slide, position, text)
     SELECT :organization_id, :class_id, :id, g.id, g.slide, g.position, g.text
       FROM json_to_recordset(:notes::json) AS g(id text, slide integer, position integer, text text)
     RETURNING *)
   SELECT n.id, n.presentation_id, n.slide, n.text, n.slide AS page, n.text AS content FROM n ORDER BY n.slide, n.position`,
);

/** Presentations of classes. Every statement is limited to one organization. */
export class TrainingPresentationsRepository extends StatementRepository<TrainingPresentation> {
  static readonly entity = TrainingPresentation;

  /** Newest first; `undefined` if the class does not exist. */
  async listOf(organization_id: number, class_id: string): Promise<TrainingPresentationRow[] | undefined> {
    return joinedRows(await this.all(LIST, { organization_id, class_id }));
  }

  /** The reads below: `null` if the class has no such presentation, `undefined` if the class does not exist. */
  async findPresentation(key: PresentationKey): Promise<TrainingPresentationRow | null | undefined> {
    return joinedRow(await this.one(FIND, key));
  }

  async findContent(key: PresentationKey): Promise<PresentationContent | null | undefined> {
    return joinedRow(await this.one(FIND_CONTENT, key));
  }

  async findNotes(
    key: PresentationKey,
  ): Promise<{ readonly notes: PresentationNoteRow[] } | null | undefined> {
    return joinedRow(await this.one(FIND_NOTES, key));
  }

  /** Locks the organization until the transaction ends, so that its bytes are counted one upload after the other. */
  async lockOrganization(organization_id: number): Promise<void> {
    await this.all(LOCK_ORGANIZATION, { organization_id });
  }

  /** `undefined` if there is no room for it. */
  insertPresentation(
    presentation: Readonly<TrainingPresentation>,
    { mostInClass: most_in_class, mostBytes: most_bytes }: PresentationLimits,
  ): Promise<TrainingPresentationRow | undefined> {
    return whenRefused(this.one(CREATE, { ...presentation, most_in_class, most_bytes }), {
      fk_presentations_class: classNotFound,
    });
  }

  /** `undefined` if it does not exist or there is no room for the file; the organization must be locked. */
  replaceFile(
    key: PresentationKey,
    file: PresentationFile & Pick<TrainingPresentation, 'upload_date'>,
    { mostBytes: most_bytes }: PresentationLimits,
  ): Promise<TrainingPresentationRow | undefined> {
    return this.one(REPLACE_FILE, { ...key, ...file, most_bytes });
  }

  /** Locks a presentation until the transaction ends. Returns whether it exists. */
  async lock(key: PresentationKey): Promise<boolean> {
    return (await this.one(LOCK, key)) !== undefined;
  }

  /** Replaces all notes; the presentation must be locked. */
  async replaceNotes(
    key: PresentationKey,
    notes: readonly Pick<TrainingPresentationNote, 'id' | 'slide' | 'text'>[],
  ): Promise<PresentationNoteRow[]> {
    await this.all(DELETE_NOTES, key);
    const rows = JSON.stringify(notes.map((note, position) => ({ ...note, position })));
    return this.all(INSERT_NOTES, { ...key, notes: rows });
  }

  /** Returns whether a row was deleted. */
  async deletePresentation(key: PresentationKey): Promise<boolean> {
    return (await this.delete(key)).affected === 1;
  }
}
