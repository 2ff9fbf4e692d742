import type { Paint } from './paint.js';
import { pretty } from './pretty.js';

/** Longer answers are cut: the line above them shows the rest. */
const MAX_LINES = 24;

/** Writes the tour down, for a terminal or a file. */
export class Teller {
  constructor(
    private readonly write: (text: string) => void,
    private readonly paint: Paint,
  ) {}

  /** A product, and what a shell has to be told before its lines. */
  chapter(title: string, preparation: readonly string[]): void {
    this.write(`\n${this.paint('title', `== ${title} ==`)}\n\n`);
    for (const line of preparation) this.write(`  ${this.paint('line', line)}\n`);
  }

  step(title: string, line: string): void {
    this.write(`\n${this.paint('title', title)}\n  ${this.paint('line', line)}\n`);
  }

  answer(status: number, phrase: string, answer: unknown): void {
    this.write(`  ${this.paint(status < 400 ? 'good' : 'refusal', `${status} ${phrase}`)}\n`);
    const text = typeof answer === 'string' ? answer.trimEnd() : pretty(answer);
    if (text === '') return;
    const lines = text.split('\n');
    for (const line of lines.slice(0, MAX_LINES)) this.write(`    ${this.paint('answer', line)}\n`);
    const left = lines.length - MAX_LINES;
    if (left > 0) this.write(`    ${this.paint('answer', `… and ${left} more lines`)}\n`);
  }

  /** What to do now; a text, and a line or an address. */
  end(title: string, hints: readonly (readonly [text: string, line: string])[]): void {
    this.write(`\n${this.paint('title', `== ${title} ==`)}\n`);
    for (const [text, line] of hints) this.write(`\n${text}\n  ${this.paint('line', line)}\n`);
  }
}
