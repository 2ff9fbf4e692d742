import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CompanyEvent } from '../events/company-event.entity.js';

/** The uploaded picture of an event page; where the picture is an address, there is none. */
@Entity({ schema: 'companies', name: 'header_images' })
@ForeignKey(() => CompanyEvent, ['organization_id', 'event_id'], ['organization_id', 'id'], {
  name: 'fk_header_images_event',
  onDelete: 'CASCADE',
})
export class CompanyHeaderImage {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_header_images' })
  organization_id!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_header_images' })
  event_id!: number;

  /** Determined from the bytes. */
  @Column('text')
  content_type!: string;

  /** Of the bytes; changes the address with the picture, so that caches can keep it. */
  @Column('text')
  hash!: string;

  @Column('bytea')
  bytes!: Buffer;
}
