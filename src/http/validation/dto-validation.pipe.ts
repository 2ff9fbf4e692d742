import {
  Injectable,
  type ArgumentMetadata,
  type OnApplicationBootstrap,
  type PipeTransform,
  type Type,
} from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { Failure, invalid } from '../../core/failure.js';
import { BufferedBody } from '../server/body.js';
import { MultipartBody } from '../server/multipart.js';
import { compileChecker, type Checker } from './checker.js';
import { declaredTypes } from './dto-classes.js';

/** A DTO class that accepts another format converts it into an object of its fields here. */
export interface ConvertingDto {
  convert?(body: unknown): unknown;
}

const PLAIN_TYPES: ReadonlySet<unknown> = new Set([String, Number, Boolean, Array, Object, undefined]);

/** The global pipe: turns bodies and queries into instances of their DTO class, or rejects them with all faults. */
@Injectable()
export class DtoValidationPipe implements PipeTransform, OnApplicationBootstrap {
  private readonly checkers = new Map<Type, Checker<object>>();

  constructor(private readonly modules: ModulesContainer) {}

  /** Compiles all checkers, so that no request waits for one and a class that cannot be compiled is told at start. */
  onApplicationBootstrap(): void {
    for (const type of declaredTypes(this.modules)) {
      if (!PLAIN_TYPES.has(type)) this.checkerFor(type as Type);
    }
  }

  transform(argument: unknown, metadata: ArgumentMetadata): unknown {
    if (argument instanceof MultipartBody)
      return argument.read().then((form) => this.checked(form, metadata));
    return this.checked(argument instanceof BufferedBody ? argument.read() : argument, metadata);
  }

  private checked(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || PLAIN_TYPES.has(metatype)) return value;
    const plain = (metatype as ConvertingDto).convert?.(value) ?? value ?? {};
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
