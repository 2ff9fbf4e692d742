import type { ItemRule } from './list-items.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads single settings and collects all errors, so that they can be fixed in one go. */
export class Reader {
  constructor(
    private readonly environment: Environment,
    private readonly faults: string[],
  ) {}

  /** An empty value counts as not set: compose files and shells pass unset variables as empty strings. */
  optional(name: string): string | undefined {
    const value = this.environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  list(name: string, rule?: ItemRule): string[] {
    const items = (this.optional(name) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (rule !== undefined && !items.every((item) => rule.accepts(item)))
      this.faults.push(`${name} must be a comma-separated list of ${rule.expected}.`);
    return items;
  }

  anyOr(list: string[]): '*' | string[] {
    return list.includes('*') ? '*' : list;
  }

  integer(name: string, fallback: number, low: number, high: number): number {
    const value = this.optional(name);
    if (value === undefined) return fallback;
    const number = /^\d{1,12}$/.test(value) ? Number(value) : NaN;
    if (number >= low && number <= high) return number;
    this.faults.push(`${name} must be a whole number from ${low} to ${high}.`);
    return fallback;
  }

  ratio(name: string, fallback: number): number {
    const value = this.optional(name);
    if (value === undefined) return fallback;
    const number = /^\d*\.?\d+$/.test(value) ? Number(value) : NaN;
    if (number >= 0 && number <= 1) return number;
    this.faults.push(`${name} must be a number from 0 to 1.`);
    return fallback;
  }

  oneOf<const T extends string>(name: string, fallback: T, allowed: readonly T[]): T {
    const value = this.optional(name);
    if (value === undefined) return fallback;
    const match = allowed.find((candidate) => candidate === value);
    if (match !== undefined) return match;
    this.faults.push(`${name} must be one of ${allowed.join(', ')}.`);
    return fallback;
  }

  url(name: string, protocols: readonly string[]): string | undefined {
    const value = this.optional(name);
    if (value === undefined) return undefined;
    if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value;
    this.faults.push(
      `${name} must be an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`,
    );
    return undefined;
  }
}
