import type { Instant } from '../../../core/instant.js';
import { MultipartForm, UploadedFile } from '../../../http/server/multipart.js';
import { check, Required, ResponseField, type Field } from '../../../http/validation/field.js';
import { instant, listOf, text, wholeNumber } from '../../../http/validation/fields.js';
import * as training from '../training.fields.js';

const MAX_SLIDE = 100_000;
const MAX_NOTES = 1000;
const MAX_TEXT = 65_536;

const FILE: Field = {
  checks: [check('isFile', 'must be a file', (value) => value instanceof UploadedFile)],
  schema: {
    type: 'string',
    format: 'binary',
    description: 'The file, with its name and type.',
    example: '%PDF-1.7',
  },
};
const FILENAME = text({
  max: 255,
  description: 'Last part of the name it was sent with.',
  example: 'day-1.pdf',
});
const CONTENT_TYPE = text({
  max: 255,
  description: 'Media type that it was sent with.',
  example: 'application/pdf',
});
const SIZE_BYTES = wholeNumber({
  min: 0,
  max: 1_048_576,
  description: 'Its size in bytes.',
  example: 48_213,
});
const MD5 = text({
  max: 32,
  description: 'MD5 of its content, hexadecimal.',
  example: '9e107d9d372bb6826bd81d3542a419d6',
});
const UPLOAD_DATE = instant({ description: 'When it was uploaded.', example: '2026-03-01T12:00:00.000Z' });
const SLIDE = wholeNumber({ min: 0, max: MAX_SLIDE, description: 'Number of the slide.', example: 3 });
const TEXT = text({ max: MAX_TEXT, description: 'The note.', example: 'Ask who has used it before.' });
const PAGE = wholeNumber({ min: 0, max: MAX_SLIDE, description: 'The same as `slide`.', example: 3 });
const CONTENT = text({
  max: MAX_TEXT,
  description: 'The same as `text`.',
  example: 'Ask who has used it before.',
});

/** A form with a file. */
export class UploadTrainingPresentationDto {
  @Required(FILE) presentation!: UploadedFile;

  static convert(body: unknown): unknown {
    return body instanceof MultipartForm ? body.parts : {};
  }
}

export class TrainingPresentationResponseDto {
  @ResponseField(training.ID) id!: string;
  @ResponseField(training.CLASS_ID) class_id!: string;
  @ResponseField(FILENAME) filename!: string;
  @ResponseField(CONTENT_TYPE) content_type!: string;
  @ResponseField(SIZE_BYTES) size_bytes!: number;
  @ResponseField(MD5) md5!: string;
  @ResponseField(UPLOAD_DATE) upload_date!: Instant;
}

export class PresentationNoteDto {
  @Required(SLIDE) slide!: number;
  @Required(TEXT) text!: string;
}

/** All notes of a presentation; a bare list is accepted as well, and `page` and `content` in each of them. */
export class ReplacePresentationNotesDto {
  @Required(listOf(() => PresentationNoteDto, { max: MAX_NOTES, description: 'All notes, in any order.' }))
  notes!: PresentationNoteDto[];

  static convert(body: unknown): unknown {
    const list = Array.isArray(body) ? body : (body as { notes?: unknown } | undefined)?.notes;
    return Array.isArray(list) ? { notes: list.map(noteOf) } : body;
  }
}

/** A note in our names for what the product calls its page, in digits at times, and its content. */
function noteOf(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  const { page, content, ...note } = given as Record<string, unknown>;
  const slide = typeof page === 'string' && /^\d{1,9}$/.test(page) ? Number(page) : page;
  return { slide, text: content, ...note };
}

export class PresentationNoteResponseDto {
  @ResponseField(training.ID) id!: string;
  @ResponseField(training.ID) presentation_id!: string;
  @ResponseField(SLIDE) slide!: number;
  @ResponseField(TEXT) text!: string;
  @ResponseField(PAGE) page!: number;
  @ResponseField(CONTENT) content!: string;
}
