import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** Up to when the ends of events have been told to subscriptions: one row for all organizations and processes. */
@Entity({ schema: 'training', name: 'finish_watermarks' })
@Check('ck_finish_watermarks_one_row', 'id = 1')
export class TrainingFinishWatermark {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_finish_watermarks' })
  id!: number;

  @Column(INSTANT)
  until!: Instant;
}
