import { Shown } from '../../http/validation/field.js';
import * as field from './training.fields.js';

/** The owner of an event or class in responses. */
export class TrainingOwner {
  @Shown(field.OWNER) email!: string;
  @Shown(field.ID) id!: string;
}
