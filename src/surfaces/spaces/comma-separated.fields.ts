import { MAX_INTEGER } from '../../core/integer.js';
import { check, type Field } from '../../http/validation/field.js';

/** Comma-separated ids in a query parameter. */
export function idList(description: string): Field {
  return {
    checks: [
      check('areIds', 'must be ids separated by commas', (value) =>
        parseList(value).every((item) => /^\d{1,10}$/.test(item)),
      ),
    ],
    schema: { type: 'string', description, example: '48,49' } as Field['schema'],
    transform: (value: unknown) =>
      parseList(value)
        .map(Number)
        .filter((id) => id <= MAX_INTEGER),
  };
}

export function wordList(description: string): Field {
  return {
    checks: [
      check('areWords', 'must be words separated by commas', (value) =>
        parseList(value).every((item) => item.length <= 256 && !item.includes('\0')),
      ),
    ],
    schema: { type: 'string', description, example: 'meeting_room,desk' } as Field['schema'],
    transform: (value: unknown) => parseList(value),
  };
}

/** Words that say what to add to a response; others are ignored. */
export function includeList<Word extends string>(words: readonly Word[], description: string): Field {
  return {
    checks: [],
    schema: { type: 'string', description, example: words.join(',') } as Field['schema'],
    transform: (value: unknown): Word[] => {
      const asked = new Set<string>(parseList(value));
      return words.filter((word) => asked.has(word));
    },
  };
}

/** Words of a fixed set; none at all count as not given. */
export function choiceList(of: readonly string[], description: string): Field {
  return {
    checks: [
      check('areChoices', `must be some of ${of.join(', ')}, separated by commas`, (value) =>
        parseList(value).every((item) => of.includes(item)),
      ),
    ],
    schema: { type: 'string', description, example: of.slice(0, 2).join(',') } as Field['schema'],
    transform: (value: unknown) => {
      const choices = parseList(value);
      return choices.length === 0 ? undefined : choices;
    },
  };
}

/** Accepts `1,2`, a repeated query parameter, or an array. */
function parseList(value: unknown): string[] {
  return [value]
    .flat()
    .flatMap((item) =>
      typeof item === 'number' ? String(item) : typeof item === 'string' ? item.split(',') : ['\0'],
    )
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
