import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Instant } from '../../../core/instant.js';
import type { TrainingEventRow } from './training-events.repository.js';
import { writeTrainingEvent } from './training-events.dto.js';

const NOW = '2031-05-04T08:00:00.000Z' as Instant;
const linkTo = (id: string): string => `https://quintet.test/event/${id}`;

/** Any text that PostgreSQL can store. */
const text = fc.string({ unit: 'grapheme', maxLength: 40 });

const row: fc.Arbitrary<TrainingEventRow> = fc.record({
  id: fc.constant('h4kPzQ7wXn2RbTsYd'),
  token: fc.constant('9NX4'),
  name: text,
  class_id: fc.constant('AAAAAAAAAAAAAAAAA'),
  availability: fc.constantFrom('public' as const, 'private' as const),
  description: fc.option(text),
  date_start: fc.constant('2031-05-04T09:00:00.000Z' as Instant),
  date_end: fc.constant('2031-05-04T17:00:00.000Z' as Instant),
  include_chat: fc.boolean(),
  include_video: fc.boolean(),
  tas: fc.array(text, { maxLength: 3 }),
  trainees: fc.array(text, { maxLength: 3 }),
  partner_id: fc.option(text),
  use_new_terminal: fc.boolean(),
  owner_email: fc.constantFrom('ada@example.org', '"a b"@example.org', 'o\\o@example.org'),
  owner_training_id: fc.constant('BBBBBBBBBBBBBBBBB'),
});

describe('an event written as text', () => {
  it('is the JSON of all that the row holds, whatever its texts are', () => {
    fc.assert(
      fc.property(row, (event) => {
        const { owner_email, owner_training_id, description, partner_id, ...rest } = event;
        expect(JSON.parse(writeTrainingEvent(event, NOW, linkTo))).toEqual({
          ...rest,
          ...(description !== null && { description }),
          ...(partner_id !== null && { partner_id }),
          event_link: linkTo(event.id),
          owner: { email: owner_email, id: owner_training_id },
          status: 'ready',
        });
      }),
    );
  });

  it('escapes what JSON cannot hold as it is', () => {
    const [one] = fc.sample(row, 1);
    if (one === undefined) throw new Error('no sample');
    const name = 'a "quote", a \\ backslash,\na line, \u2028 and \u0001';
    expect((JSON.parse(writeTrainingEvent({ ...one, name }, NOW, linkTo)) as { name: string }).name).toBe(
      name,
    );
  });
});
