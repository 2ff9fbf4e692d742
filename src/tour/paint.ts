import { styleText } from 'node:util';

/** What of the tour's text is what. */
export type Part = 'title' | 'line' | 'good' | 'refusal' | 'answer';

/** Gives a part of the text its look. */
export type Paint = (part: Part, text: string) => string;

const STYLES: Readonly<Record<Part, Parameters<typeof styleText>[0]>> = {
  title: 'bold',
  line: 'cyan',
  good: 'green',
  refusal: 'yellow',
  answer: 'gray',
};

/** Colours on a terminal that has them; none in a file, a pipe, or where NO_COLOR asks for none. */
export function paintFor(stream: { readonly isTTY?: boolean; hasColors?(): boolean }): Paint {
  if (stream.isTTY !== true || stream.hasColors?.() !== true) return (_part, text) => text;
  return (part, text) => styleText(STYLES[part], text, { validateStream: false });
}
