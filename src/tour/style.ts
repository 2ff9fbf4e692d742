import { styleText } from 'node:util';

/** The kinds of text that the tour prints. */
export type TextKind = 'title' | 'command' | 'success' | 'failure' | 'body';

/** Adds colour to a text according to its kind. */
export type Style = (kind: TextKind, text: string) => string;

const FORMATS: Readonly<Record<TextKind, Parameters<typeof styleText>[0]>> = {
  title: 'bold',
  command: 'cyan',
  success: 'green',
  failure: 'yellow',
  body: 'gray',
};

/** Colours on a terminal that supports them; none in a file or a pipe, or where NO_COLOR is set. */
export function styleFor(stream: { readonly isTTY?: boolean; hasColors?(): boolean }): Style {
  if (stream.isTTY !== true || stream.hasColors?.() !== true) return (_kind, text) => text;
  return (kind, text) => styleText(FORMATS[kind], text, { validateStream: false });
}
