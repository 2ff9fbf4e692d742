import { Shown } from '../../http/validation/field.js';
import * as field from './training.fields.js';

/** A member, as training shows who owns something. */
export class TrainingOwner {
  @Shown(field.OWNER) email!: string;
  @Shown(field.ID) id!: string;
}
