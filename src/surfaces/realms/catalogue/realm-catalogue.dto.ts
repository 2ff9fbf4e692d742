import { ApiProperty } from '@nestjs/swagger';
import { OptionalResponseField, ResponseField } from '../../../http/validation/field.js';
import { RealmLinksDto, RealmPageLinksDto } from '../events/realm-events.dto.js';
import * as shown from '../realms-shown.fields.js';
import type { ListPage } from '../representation/realm-pagination.js';
import type { RealmRow } from './realm-catalogue.repository.js';
import { collectionOf } from './realm-collection.js';

const ID = shown.integer('Id of the realm.', 12);
const SCHOOL_ID = shown.integer('The school above it; 0 without one.', 3);
const ADMIN = shown.flag(
  'Whether the user (the caller, or the one in the path) administers the realm itself.',
  0,
);

/** A school or a district. */
export class RealmSchoolResponseDto {
  @ResponseField(ID) id!: number;
  @ResponseField(shown.text('What it is called.', 'Lovelace School')) title!: string;
  @ResponseField(shown.EMPTY) address1!: string;
  @ResponseField(shown.EMPTY) city!: string;
  @ResponseField(shown.EMPTY) state!: string;
  @ResponseField(shown.EMPTY) postal_code!: string;
  @ResponseField(shown.EMPTY) country!: string;
  @ResponseField(shown.EMPTY) website!: string;
  @ResponseField(shown.EMPTY) phone!: string;
  @ResponseField(shown.EMPTY) picture_url!: string;
  @ApiProperty({ type: RealmLinksDto }) links!: RealmLinksDto;
}

export class RealmGroupResponseDto {
  @ResponseField(ID) id!: number;
  @ResponseField(shown.text('What it is called.', 'Chess')) title!: string;
  @ResponseField(shown.EMPTY) description!: string;
  @ResponseField(shown.EMPTY) group_code!: string;
  @ResponseField(shown.value({ type: 'string', enum: ['school'], description: 'Always `school`.' }))
  privacy_level!: string;
  @ResponseField(shown.EMPTY) picture_url!: string;
  @ResponseField(SCHOOL_ID) school_id!: number;
  @ResponseField(ADMIN) admin!: number;
  @ApiProperty({ type: RealmLinksDto }) links!: RealmLinksDto;
}

export class RealmCourseResponseDto {
  @ResponseField(ID) id!: number;
  @ResponseField(shown.text('What it is called.', 'Biology')) title!: string;
  @ResponseField(shown.EMPTY) course_code!: string;
  @ResponseField(shown.EMPTY) department!: string;
  @ResponseField(shown.EMPTY) description!: string;
  @ResponseField(SCHOOL_ID) school_id!: number;
  @OptionalResponseField(shown.flag('Among the courses of a user: whether that user administers it.', 0))
  admin?: number;
  @ApiProperty({ type: RealmLinksDto }) links!: RealmLinksDto;
}

export class RealmSectionResponseDto {
  @ResponseField(ID) id!: number;
  @ResponseField(shown.text("The course's name; without a course, the section's own.", 'Biology'))
  course_title!: string;
  @ResponseField(shown.EMPTY) course_code!: string;
  @ResponseField(shown.integer('The course that it is a section of; 0 without one.', 5)) course_id!: number;
  @ResponseField(SCHOOL_ID) school_id!: number;
  @ResponseField(shown.text('What it is called.', 'Biology 9b')) section_title!: string;
  @ResponseField(shown.EMPTY) section_code!: string;
  @ResponseField(shown.integer('Always 1.', 1)) active!: number;
  @ResponseField(shown.EMPTY) description!: string;
  @ResponseField(ADMIN) admin!: number;
  @ApiProperty({ type: RealmLinksDto }) links!: RealmLinksDto;
}

/** What every page has beside its rows. */
abstract class RealmListDto {
  @ResponseField(shown.TOTAL) total!: number;
  @ApiProperty({ type: RealmPageLinksDto }) links!: RealmPageLinksDto;
}

export class RealmDistrictListResponseDto extends RealmListDto {
  @ApiProperty({ type: [RealmSchoolResponseDto] }) district!: RealmSchoolResponseDto[];
}

export class RealmSchoolListResponseDto extends RealmListDto {
  @ApiProperty({ type: [RealmSchoolResponseDto] }) school!: RealmSchoolResponseDto[];
}

export class RealmGroupListResponseDto extends RealmListDto {
  @ApiProperty({ type: [RealmGroupResponseDto] }) group!: RealmGroupResponseDto[];
}

export class RealmCourseListResponseDto extends RealmListDto {
  @ApiProperty({ type: [RealmCourseResponseDto] }) course!: RealmCourseResponseDto[];
}

export class RealmSectionListResponseDto extends RealmListDto {
  @ApiProperty({ type: [RealmSectionResponseDto] }) section!: RealmSectionResponseDto[];
}

type View = RealmSchoolResponseDto | RealmGroupResponseDto | RealmCourseResponseDto | RealmSectionResponseDto;

/** The object of the product for a realm of any kind. */
export function viewRealm(row: RealmRow, baseUrl: string): View {
  const { id, name: title, kind } = row;
  const school_id = row.school_id ?? 0;
  const admin = Number(row.is_realm_admin);
  const links = { self: `${baseUrl}/${collectionOf(kind)}/${id}` };
  switch (kind) {
    case 'district':
    case 'school':
      return {
        id,
        title,
        address1: '',
        city: '',
        state: '',
        postal_code: '',
        country: '',
        website: '',
        phone: '',
        picture_url: '',
        links,
      };
    case 'group':
      return {
        id,
        title,
        description: '',
        group_code: '',
        privacy_level: 'school',
        picture_url: '',
        school_id,
        admin,
        links,
      };
    case 'course':
      return { id, title, course_code: '', department: '', description: '', school_id, links };
    case 'section':
      return {
        id,
        course_title: row.course_name ?? title,
        course_code: '',
        course_id: row.course_id ?? 0,
        school_id,
        section_title: title,
        section_code: '',
        active: 1,
        description: '',
        admin,
        links,
      };
  }
}

/** Adds what a list of a user's own realms says of every one. */
export function viewRealmOfUser(row: RealmRow, baseUrl: string): View {
  const { links, ...view } = viewRealm(row, baseUrl);
  return { ...view, admin: Number(row.is_realm_admin), links } as View;
}

/** A page under the key of its kind, such as `{school: […], total, links}`. */
export function viewRealmList(kind: RealmRow['kind'], realms: readonly View[], page: ListPage): object {
  return { [kind]: realms, ...page };
}
