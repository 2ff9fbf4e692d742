import { pretty } from './pretty.js';
import type { Style } from './style.js';

/** Longer responses are cut off; the printed command shows the rest. */
const MAX_LINES = 24;

/** Prints the tour to a terminal or a file. */
export class TourPrinter {
  constructor(
    private readonly write: (text: string) => void,
    private readonly style: Style,
  ) {}

  /** A product, and the shell setup that its commands rely on. */
  section(title: string, setup: readonly string[]): void {
    this.write(`\n${this.style('title', `== ${title} ==`)}\n\n`);
    for (const line of setup) this.write(`  ${this.style('command', line)}\n`);
  }

  request(title: string, command: string): void {
    this.write(`\n${this.style('title', title)}\n  ${this.style('command', command)}\n`);
  }

  response(status: number, phrase: string, body: unknown): void {
    this.write(`  ${this.style(status < 400 ? 'success' : 'failure', `${status} ${phrase}`)}\n`);
    const text = typeof body === 'string' ? body.trimEnd() : pretty(body);
    if (text === '') return;
    const lines = text.split('\n');
    for (const line of lines.slice(0, MAX_LINES)) this.write(`    ${this.style('body', line)}\n`);
    const left = lines.length - MAX_LINES;
    if (left > 0) this.write(`    ${this.style('body', `… and ${left} more lines`)}\n`);
  }

  /** Suggestions, each with an address or a file. */
  nextSteps(title: string, hints: readonly (readonly [text: string, value: string])[]): void {
    this.write(`\n${this.style('title', `== ${title} ==`)}\n`);
    for (const [text, value] of hints) this.write(`\n${text}\n  ${this.style('command', value)}\n`);
  }
}
