import { Changeable, Clearable, Optional, Required } from '../../../http/validation/field.js';
import { LOCATION_ID } from '../spaces.fields.js';
import * as field from './space-catalogue.fields.js';

export class CreateLocationDto {
  @Required(field.LOCATION_NAME) name!: string;
  @Optional(field.ADDRESS) address?: string | null;
  @Optional(field.TIME_ZONE) time_zone?: string | null;
  @Optional(field.DESCRIPTION) description?: string | null;
  @Optional(field.IMAGE) image?: string | null;
  @Optional(field.LATITUDE) latitude?: number | null;
  @Optional(field.LONGITUDE) longitude?: number | null;
}

export class UpdateLocationDto {
  @Changeable(field.LOCATION_NAME) name?: string;
  @Clearable(field.ADDRESS) address?: string | null;
  @Clearable(field.TIME_ZONE) time_zone?: string | null;
  @Clearable(field.DESCRIPTION) description?: string | null;
  @Clearable(field.IMAGE) image?: string | null;
  @Clearable(field.LATITUDE) latitude?: number | null;
  @Clearable(field.LONGITUDE) longitude?: number | null;
}

export class CreateSpaceDto {
  @Required(field.SPACE_NAME) name!: string;
  @Optional(field.DESCRIPTION) description?: string | null;
  @Optional(field.TYPE) type?: string | null;
  @Optional(field.CAPACITY) capacity?: number | null;
  @Optional(field.IS_DISABLED) is_disabled?: boolean | null;
  @Optional(field.LEVEL_ID) level_id?: number | null;
  @Optional(field.IMAGE) image?: string | null;
  @Optional(field.DISCOVERY_RADIUS) discovery_radius?: number | null;
  @Optional(field.IS_ACCESSIBLE) is_accessible?: boolean | null;
}

export class UpdateSpaceDto {
  @Changeable(LOCATION_ID) location_id?: number;
  @Changeable(field.SPACE_NAME) name?: string;
  @Clearable(field.DESCRIPTION) description?: string | null;
  @Clearable(field.TYPE) type?: string | null;
  @Clearable(field.CAPACITY) capacity?: number | null;
  @Clearable(field.IS_DISABLED) is_disabled?: boolean | null;
  @Clearable(field.LEVEL_ID) level_id?: number | null;
  @Clearable(field.IMAGE) image?: string | null;
  @Clearable(field.DISCOVERY_RADIUS) discovery_radius?: number | null;
  @Clearable(field.IS_ACCESSIBLE) is_accessible?: boolean | null;
}
