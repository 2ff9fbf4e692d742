/** HTML that is safe to send. A class of its own, not a string: a text cannot be mistaken for it. */
class Html {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

// Only the type leaves this file, so `html`, `raw` and `joined` are the only ways to make one.
export type { Html };

/** What a template can hold. `undefined`, `null` and `false` render as nothing. */
export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[];

/** Template tag. Escapes every value for use as text or in a quoted attribute; HTML and arrays of it pass as they are. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = strings[0] ?? '';
  for (const [index, value] of values.entries()) text += render(value) + (strings[index + 1] ?? '');
  return new Html(text);
}

/** Marks a text as HTML without escaping it. The caller has made sure that it is safe. */
export function raw(text: string): Html {
  return new Html(text);
}

/** The values with the separator between them; values that render as nothing get no separator. */
export function joined(values: readonly HtmlValue[], separator: HtmlValue): Html {
  const parts = values.filter((value) => !isNothing(value)).map(render);
  return new Html(parts.join(render(separator)));
}

function render(value: HtmlValue): string {
  if (isNothing(value)) return '';
  if (typeof value !== 'object') return escapeHtml(String(value));
  return value instanceof Html ? value.toString() : value.map(render).join('');
}

function isNothing(value: HtmlValue): value is undefined | null | false {
  return value === undefined || value === null || value === false;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
