import { applyDecorators, type Type } from '@nestjs/common';
import { ApiHideProperty, ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, ValidateBy, ValidateIf, type ValidationArguments } from 'class-validator';

/**
 * A field of an API, defined once: validation, transformation and OpenAPI schema. DTO classes only add whether it is
 * required.
 */
export interface Field {
  readonly checks: readonly PropertyDecorator[];
  readonly schema: ApiPropertyOptions;
  /** Accepted, but left out of the OpenAPI document. */
  readonly hidden?: boolean;
  /** The DTO class, if the value is an object or a list of objects; its faults have dotted paths. */
  readonly nested?: () => Type;
  /** Transforms a valid value, if rules need another form of it. */
  readonly transform?: (value: never) => unknown;
}

/** A check of one value; `message` follows the field's name. `test` also gets the whole object, for comparisons. */
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

/** Required and not `null`. */
export const Required = (field: Field): PropertyDecorator => fieldDecorator(field, [], { required: true });

/** Required and not `null` if `isRequired` returns true for the body; otherwise optional. */
export const RequiredWhen = (isRequired: (body: object) => boolean, field: Field): PropertyDecorator =>
  fieldDecorator(field, [ValidateIf((body: object, value) => value != null || isRequired(body))], {
    required: false,
    nullable: true,
  });

/** Optional; `null` means "not given". */
export const Optional = (field: Field): PropertyDecorator =>
  fieldDecorator(field, [IsOptional()], { required: false, nullable: true });

/** In a query: optional. */
export const OptionalQuery = (field: Field): PropertyDecorator =>
  fieldDecorator(field, [IsOptional()], { required: false });

/** In an update: optional; it cannot be cleared, so `null` is a fault. */
export const Changeable = (field: Field): PropertyDecorator =>
  fieldDecorator(field, [ValidateIf((_, value) => value !== undefined)], { required: false });

/** In an update: optional; `null` clears it. */
export const Clearable = (field: Field): PropertyDecorator =>
  fieldDecorator(field, [IsOptional()], { required: false, nullable: true });

/** In a response: always present. */
export const ResponseField = (field: Field): PropertyDecorator => shown(field, { required: true });

/** In a response: omitted if not set. */
export const OptionalResponseField = (field: Field): PropertyDecorator => shown(field, { required: false });

/** In a response: always present, may be `null`. */
export const NullableResponseField = (field: Field): PropertyDecorator =>
  shown(field, { required: true, nullable: true });

const RESPONSE_FIELDS = Symbol('response fields');

/** A field of a response class with its OpenAPI schema. */
export type ResponseFields = ReadonlyMap<string, ApiPropertyOptions>;

/** The fields of a response class, in order of declaration. */
export function responseFields(responseClass: Type): ResponseFields {
  return Reflect.getMetadata(RESPONSE_FIELDS, responseClass.prototype as object) as ResponseFields;
}

function shown(field: Field, presence: object): PropertyDecorator {
  return shownAs({ ...field.schema, ...presence } as ApiPropertyOptions);
}

/** In a response: described by an OpenAPI schema only, for example an object of another class. */
export function shownAs(schema: ApiPropertyOptions): PropertyDecorator {
  return (prototype, name) => {
    ApiProperty(schema)(prototype, name);
    const fields = (Reflect.getMetadata(RESPONSE_FIELDS, prototype) ?? []) as ResponseFields;
    Reflect.defineMetadata(RESPONSE_FIELDS, new Map([...fields, [String(name), schema]]), prototype);
  };
}

const NESTED = Symbol('nested DTO class');

/** The DTO class of a field's objects, if it has any. */
export function nestedIn(dtoClass: Type, field: string): Type | undefined {
  const nested = Reflect.getMetadata(NESTED, dtoClass.prototype as object, field) as (() => Type) | undefined;
  return nested?.();
}

function fieldDecorator(field: Field, presence: PropertyDecorator[], schema: object): PropertyDecorator {
  const { transform, nested } = field;
  return applyDecorators(
    ...presence,
    ...field.checks,
    ...(nested === undefined ? [] : [Reflect.metadata(NESTED, nested) as PropertyDecorator]),
    field.hidden === true
      ? ApiHideProperty()
      : ApiProperty({ ...field.schema, ...schema } as ApiPropertyOptions),
    ...(transform === undefined
      ? []
      : [
          Transform(({ value }: { value: unknown }) => (value == null ? value : transform(value as never)), {
            toClassOnly: true,
          }),
        ]),
  );
}
