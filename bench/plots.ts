/**
 * Draws the figures of a run of `npm run bench` for docs/performance.md: `npm run bench:plots -- bench/results/….json`.
 * One SVG for each figure, with a group of bars for each scenario and number of clients.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Medians, Summary } from './summary.js';

const FOLDER = 'docs/performance';

interface Figure {
  readonly file: string;
  readonly title: string;
  readonly of: (medians: Medians) => number | undefined;
}

const FIGURES: readonly Figure[] = [
  { file: 'throughput', title: 'Requests per second', of: ({ throughput }) => throughput },
  { file: 'p50', title: 'Latency, p50 in ms', of: ({ p50 }) => p50 },
  { file: 'p99', title: 'Latency, p99 in ms', of: ({ p99 }) => p99 },
  { file: 'memory', title: 'Peak memory of the server in MB', of: ({ memoryPeakMb }) => memoryPeakMb },
];

const COLOURS: Readonly<Record<Medians['name'], string>> = {
  ours: '#2563eb',
  raw: '#94a3b8',
  batched: '#475569',
  other: '#f59e0b',
};

/** Pixels. */
const ROW = 16;
const GAP = 12;
const LABEL = 250;
const BAR = 420;
const NUMBER = 80;
const HEAD = 48;

function draw({ title, of }: Figure, summaries: readonly Summary[]): string {
  const groups = summaries.flatMap((summary) => {
    const bars = summary.contestants.flatMap((medians) => {
      const value = of(medians);
      return value === undefined ? [] : [{ name: medians.name, value }];
    });
    return bars.length === 0 ? [] : [{ label: `${summary.name}, ${summary.connections}`, bars }];
  });
  let y = HEAD;
  const parts: string[] = [];
  for (const { label, bars } of groups) {
    // Each group has its own scale: contestants are compared, not scenarios.
    const most = Math.max(...bars.map(({ value }) => value));
    parts.push(text(LABEL - 8, y + ROW - 4, label, 'end'));
    for (const { name, value } of bars) {
      const width = ((BAR * value) / most).toFixed(1);
      parts.push(
        `<rect x="${LABEL}" y="${y + 2}" width="${width}" height="${ROW - 4}" fill="${COLOURS[name]}"/>`,
      );
      parts.push(text(LABEL + Number(width) + 6, y + ROW - 4, value.toFixed(value < 10 ? 2 : 0)));
      y += ROW;
    }
    y += GAP;
  }
  const names = [...new Set(groups.flatMap(({ bars }) => bars.map(({ name }) => name)))];
  const legend = names.map(
    (name, index) =>
      `<rect x="${LABEL + index * 90}" y="26" width="10" height="10" fill="${COLOURS[name]}"/>` +
      text(LABEL + index * 90 + 15, 35, name),
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${LABEL + BAR + NUMBER}" height="${y}" ` +
    `font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>` +
    `${text(LABEL, 16, title)}${legend.join('')}${parts.join('')}</svg>\n`
  );
}

function text(x: number, y: number, content: string, anchor = 'start'): string {
  return `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}">${content}</text>`;
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name a file of bench/results.');
const { summaries } = JSON.parse(readFileSync(file, 'utf8')) as { readonly summaries: readonly Summary[] };
mkdirSync(FOLDER, { recursive: true });
for (const figure of FIGURES) writeFileSync(join(FOLDER, `${figure.file}.svg`), draw(figure, summaries));
