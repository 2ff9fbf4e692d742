import type { Type } from '@nestjs/common';
import { TransformationType } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, validateSync, type ValidatorConstraintInterface } from 'class-validator';
import type { Fault } from '../../core/failure.js';
import { nestedIn } from './field.js';

/** A fault of one field; the pipe adds where the field stood. */
type FieldFault = Omit<Fault, 'location'>;

/** The value that a wire class describes, or all that is wrong with it. */
export type Checked<T extends object> = { readonly value: T } | { readonly faults: readonly FieldFault[] };

/** A wire class's rules as one function. */
export type Checker<T extends object> = (plain: Record<string, unknown>) => Checked<T>;

interface FieldPlan {
  readonly name: string;
  readonly applies: readonly ((object: unknown, value: unknown) => boolean)[];
  readonly tests: readonly ((value: unknown, object: object) => boolean)[];
  /** Checks what stands inside the value; an object where it is one, a list where it is one. */
  readonly inside: ((value: unknown) => Checked<object>) | undefined;
  readonly reads: readonly ((value: unknown) => unknown)[];
}

/**
 * Compiles the decorators of class-validator and class-transformer into one pass over the known keys; unknown ones
 * are not copied. The libraries themselves take ten times as long, most of it to look up what never changes. Where
 * a value fails, class-validator runs, so that its messages are the ones that are told.
 */
export function compileChecker<T extends object>(wire: Type<T>): Checker<T> {
  const plans = planFields(wire);
  return (plain) => {
    const checked = Object.create(wire.prototype as object) as Record<string, unknown>;
    let sound = true;
    for (const plan of plans) {
      const value = plain[plan.name];
      const own = value !== undefined && Object.hasOwn(plain, plan.name) ? value : undefined;
      if (
        plan.applies.every((applies) => applies(plain, own)) &&
        !plan.tests.every((test) => test(own, plain))
      ) {
        sound = false;
        break;
      }
      if (own === undefined) continue;
      const inner = own === null ? undefined : plan.inside?.(own);
      if (inner !== undefined && 'faults' in inner) {
        sound = false;
        break;
      }
      const whole = inner === undefined ? own : inner.value;
      checked[plan.name] = plan.reads.reduce<unknown>((read, next) => next(read), whole);
    }
    return sound ? { value: checked as T } : { faults: faultsOf(wire, plans, plain) };
  };
}

function planFields(wire: Type): FieldPlan[] {
  const storage = getMetadataStorage();
  const all = storage.getTargetValidationMetadatas(wire, '', false, false);
  const byField = storage.groupByPropertyName(all);
  return Object.entries(byField).map(([name, rules]) => ({
    name,
    applies: rules
      .filter((rule) => rule.type === 'conditionalValidation')
      .map((rule) => rule.constraints[0] as (object: unknown, value: unknown) => boolean),
    tests: rules
      .filter((rule) => rule.type !== 'conditionalValidation')
      .map((rule) => {
        const [constraint] = storage.getTargetValidatorConstraints(rule.constraintCls);
        if (rule.type !== 'customValidation' || constraint === undefined || constraint.async || rule.each) {
          throw new Error(`${wire.name}.${name} uses a decorator that the checker does not compile.`);
        }
        const validator = constraint.instance as ValidatorConstraintInterface;
        return (value: unknown, object: object) =>
          validator.validate(value, {
            value,
            object,
            property: name,
            targetName: wire.name,
            constraints: rule.constraints,
          }) === true;
      }),
    inside: insideOf(wire, name),
    reads: defaultMetadataStorage.findTransformMetadatas(wire, name, TransformationType.PLAIN_TO_CLASS).map(
      ({ transformFn }) =>
        (value: unknown) =>
          transformFn({
            value,
            key: name,
            obj: {},
            type: TransformationType.PLAIN_TO_CLASS,
            options: {},
          }) as unknown,
    ),
  }));
}

function insideOf(wire: Type, name: string): FieldPlan['inside'] {
  const nested = nestedIn(wire, name);
  if (nested === undefined) return undefined;
  const checker = compileChecker(nested as Type<object>);
  return (value) => {
    const list = Array.isArray(value) ? (value as unknown[]) : undefined;
    const results = (list ?? [value]).map((item) => checker(item as Record<string, unknown>));
    const faults = results.flatMap((result, index) =>
      'value' in result
        ? []
        : result.faults.map(({ field, message }) => ({
            field: `${name}.${list === undefined ? '' : `${index}.`}${field}`,
            message,
          })),
    );
    if (faults.length > 0) return { faults };
    const values = results.flatMap((result) => ('value' in result ? [result.value] : []));
    return { value: list === undefined ? (values[0] ?? {}) : values };
  };
}

function faultsOf(
  wire: Type<object>,
  plans: readonly FieldPlan[],
  plain: Record<string, unknown>,
): FieldFault[] {
  const instance = Object.create(wire.prototype as object) as Record<string, unknown>;
  for (const { name } of plans) if (Object.hasOwn(plain, name)) instance[name] = plain[name];
  const own = validateSync(instance, { forbidUnknownValues: false }).map(
    ({ property, constraints = {}, value }) => ({
      field: property,
      message:
        value == null && plain[property] == null ? 'is required' : Object.values(constraints).join('; '),
    }),
  );
  const inner = plans.flatMap(({ name, inside }) => {
    const value = instance[name];
    if (inside === undefined || value == null || own.some(({ field }) => field === name)) return [];
    const result = inside(value);
    return 'faults' in result ? result.faults : [];
  });
  return [...own, ...inner];
}
