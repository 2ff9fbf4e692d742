import { ResponseField } from '../../http/validation/field.js';
import * as field from './training.fields.js';

/** The owner of an event or class in responses. */
export class TrainingOwnerDto {
  @ResponseField(field.OWNER) email!: string;
  @ResponseField(field.ID) id!: string;
}
