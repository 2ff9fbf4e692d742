import { Shown, ShownOrNull } from '../../http/validation/field.js';
import * as field from './training.fields.js';

export class TrainingMemberAnswer {
  @Shown(field.ID) id!: string;
  @Shown(field.OWNER) email!: string;
  @ShownOrNull(field.MEMBER_NAME) name!: string | null;
}
