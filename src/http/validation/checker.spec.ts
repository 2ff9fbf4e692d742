import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { IsNotEmpty, ValidateNested, validateSync } from 'class-validator';
import fc from 'fast-check';
import { compileChecker } from './checker.js';
import { OptionalQuery, Changeable, Clearable, Optional, Required } from './field.js';
import { emails, flag, instant, queryNumber, text } from './fields.js';

const NAME = text({ min: 1, max: 5, description: 'a name' });
const WHEN = instant({ description: 'a time' });
const PEOPLE = emails({ max: 3, description: 'people' });
const OPEN = flag({ description: 'open?' });

class ExampleDto {
  @Required(NAME) name!: string;
  @Optional(WHEN) when?: string | null;
  @Changeable(OPEN) open?: boolean;
  @Clearable(PEOPLE) people?: string[] | null;
  @OptionalQuery(queryNumber({ min: 1, description: 'a page' })) page?: number;
}

const check = compileChecker(ExampleDto);

function valueOf(plain: Record<string, unknown>): object | undefined {
  const checked = check(plain);
  return 'value' in checked ? checked.value : undefined;
}

function faultyFields(plain: Record<string, unknown>): string[] {
  const checked = check(plain);
  return 'faults' in checked ? checked.faults.map(({ field }) => field) : [];
}

describe('a compiled checker', () => {
  it('transforms values and drops unknown keys', () => {
    const result = valueOf({
      name: 'ada',
      when: '2031-01-01T10:00+01:00',
      people: ['A@x.org', 'a@X.org'],
      page: '7',
      more: 1,
    });
    expect(result).toBeInstanceOf(ExampleDto);
    expect({ ...result }).toEqual({
      name: 'ada',
      when: '2031-01-01T09:00:00.000Z',
      people: ['A@x.org'],
      page: 7,
    });
  });

  it('reports all faults at once, in the order of the fields', () => {
    const body = { name: '', when: 'soon', open: null, people: 'all', page: 'one' };
    expect(faultyFields(body)).toEqual(['name', 'when', 'open', 'people', 'page']);
  });

  it('reports a missing field as required', () => {
    expect(check({})).toEqual({ faults: [{ field: 'name', message: 'is required' }] });
  });

  it('ignores inherited properties', () => {
    const polluted = JSON.parse('{"__proto__": {"name": "ada"}, "constructor": {"name": "x"}}') as Record<
      string,
      unknown
    >;
    expect(faultyFields(polluted)).toEqual(['name']);
    expect(faultyFields(Object.create({ name: 'ada' }) as Record<string, unknown>)).toEqual(['name']);
  });

  it('validates and transforms like the libraries', () => {
    const value = fc.oneof(
      fc.constantFrom(
        null,
        undefined,
        '',
        'ada',
        'adalove',
        '2031-01-01',
        '7',
        '-3',
        '1.5',
        true,
        0,
        [],
        {},
        ['a@x.org'],
        ['x'],
      ),
      fc.jsonValue(),
    );
    const body = fc.record(
      { name: value, when: value, open: value, people: value, page: value },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(body, (plain) => {
        const known = Object.assign(Object.create(ExampleDto.prototype) as ExampleDto, plain);
        const errors = validateSync(known, { forbidUnknownValues: false });
        expect(faultyFields(plain)).toEqual(errors.map(({ property }) => property));
        if (errors.length === 0) {
          const given = Object.fromEntries(Object.entries(plain).filter(([, one]) => one !== undefined));
          expect({ ...valueOf(plain) }).toEqual({ ...plainToInstance(ExampleDto, given) });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('throws for decorators that it does not support', () => {
    class Nested {
      @ValidateNested() @IsNotEmpty() inner!: object;
    }
    expect(() => compileChecker(Nested)).toThrow(/does not compile/);
  });
});
