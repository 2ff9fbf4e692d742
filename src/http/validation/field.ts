import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, ValidateBy, ValidateIf, type ValidationArguments } from 'class-validator';

/**
 * One field of the wire, said once: what it must be, how it is read, and how it stands in the documents. A wire
 * class then says of each field only whether it has to come.
 */
export interface Field {
  readonly checks: readonly PropertyDecorator[];
  readonly schema: ApiPropertyOptions;
  /** The value is an object of this wire class, or a list of them; its faults are told with their path. */
  readonly nested?: () => Type;
  /** Turns a checked value into what rules work with; absent where the value is taken as it came. */
  readonly read?: (value: never) => unknown;
}

/** A check of one value; `message` completes "the field …" in plain words. The whole object is there to compare with. */
export function check(
  name: string,
  message: string,
  test: (value: unknown, object: object) => boolean,
): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown, details?: ValidationArguments) => test(value, details?.object ?? {}),
      defaultMessage: () => message,
    },
  });
}

/** Must come, and not as `null`. */
export const Required = (field: Field): PropertyDecorator => decorate(field, [], { required: true });

/** Must come, and not as `null`, where the rest of the body asks for it; elsewhere it may. */
export const RequiredWhen = (asks: (body: object) => boolean, field: Field): PropertyDecorator =>
  decorate(field, [ValidateIf((body: object, value) => value != null || asks(body))], {
    required: false,
    nullable: true,
  });

/** May come; `null` means "not given". */
export const Optional = (field: Field): PropertyDecorator =>
  decorate(field, [IsOptional()], { required: false, nullable: true });

/** In a query: may come. */
export const OptionalQuery = (field: Field): PropertyDecorator =>
  decorate(field, [IsOptional()], { required: false });

/** In a change: may come, but there is no clearing it, so `null` is a fault. */
export const Changeable = (field: Field): PropertyDecorator =>
  decorate(field, [ValidateIf((_, value) => value !== undefined)], { required: false });

/** In a change: may come; `null` clears it. */
export const Clearable = (field: Field): PropertyDecorator =>
  decorate(field, [IsOptional()], { required: false, nullable: true });

/** In an answer: always there. */
export const Shown = (field: Field): PropertyDecorator =>
  ApiProperty({ ...field.schema, required: true } as ApiPropertyOptions);

/** In an answer: left out while there is nothing to show. */
export const ShownWhenSet = (field: Field): PropertyDecorator =>
  ApiProperty({ ...field.schema, required: false } as ApiPropertyOptions);

/** In an answer: always there, perhaps as `null`. */
export const ShownOrNull = (field: Field): PropertyDecorator =>
  ApiProperty({ ...field.schema, required: true, nullable: true } as ApiPropertyOptions);

const NESTED = Symbol('nested wire class');

/** The wire class of what a field holds, where it holds objects. */
export function nestedIn(wire: Type, field: string): Type | undefined {
  const nested = Reflect.getMetadata(NESTED, wire.prototype as object, field) as (() => Type) | undefined;
  return nested?.();
}

function decorate(field: Field, presence: PropertyDecorator[], schema: object): PropertyDecorator {
  const { read, nested } = field;
  return applyDecorators(
    ...presence,
    ...field.checks,
    ...(nested === undefined ? [] : [Reflect.metadata(NESTED, nested) as PropertyDecorator]),
    ApiProperty({ ...field.schema, ...schema } as ApiPropertyOptions),
    ...(read === undefined
      ? []
      : [
          Transform(({ value }: { value: unknown }) => (value == null ? value : read(value as never)), {
            toClassOnly: true,
          }),
        ]),
  );
}
