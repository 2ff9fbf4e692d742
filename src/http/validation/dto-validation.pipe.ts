import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { Failure, invalid } from '../../core/failure.js';
import { BufferedBody } from '../server/body.js';
import { compileChecker, type Checker } from './checker.js';

/** A DTO class that accepts another format converts it into an object of its fields here. */
export interface ReshapedDto {
  reshape?(body: unknown): unknown;
}

const PLAIN_TYPES: ReadonlySet<unknown> = new Set([String, Number, Boolean, Array, Object, undefined]);

/** The global pipe: turns bodies and queries into instances of their DTO class, or rejects them with all faults. */
@Injectable()
export class DtoValidationPipe implements PipeTransform {
  private readonly checkers = new Map<Type, Checker<object>>();

  transform(argument: unknown, { type, metatype }: ArgumentMetadata): unknown {
    const value = argument instanceof BufferedBody ? argument.read() : argument;
    if ((type !== 'body' && type !== 'query') || PLAIN_TYPES.has(metatype)) return value;
    const plain = (metatype as ReshapedDto).reshape?.(value) ?? value ?? {};
    if (typeof plain !== 'object' || Array.isArray(plain)) {
      throw new Failure('malformed', 'The body must be an object.');
    }
    const checked = this.checkerFor(metatype as Type)(plain as Record<string, unknown>);
    if ('value' in checked) return checked.value;
    throw invalid(
      checked.faults.map(({ field, message }) => ({ location: type, field, message: `${field} ${message}` })),
    );
  }

  private checkerFor(dtoClass: Type): Checker<object> {
    let checker = this.checkers.get(dtoClass);
    if (checker === undefined) {
      checker = compileChecker(dtoClass as Type<object>);
      this.checkers.set(dtoClass, checker);
    }
    return checker;
  }
}
