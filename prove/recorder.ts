import type { Write } from './checkers/registers.js';
import type { Answer } from './target/http.js';
import type { Tenant } from './target/tenant.js';
import { titleOf, type Writing } from './target/writes.js';

/** Fallible requests: how each ended. */
type Ending = { readonly outcome: Write['outcome']; readonly answer?: Answer };

const CHANGE_EVERY = 3;
const REMOVE_EVERY = 5;

/** Writes things of one product, some of which it changes or deletes, and keeps the history. */
export class Recorder {
  readonly history: Write[] = [];
  /** Statuses that no client may ever see. */
  readonly wrongAnswers: string[] = [];
  readonly milliseconds: number[] = [];
  private count = 0;

  constructor(
    readonly writing: Writing,
    readonly tenant: Tenant,
  ) {}

  get acknowledged(): number {
    return this.history.filter(({ outcome }) => outcome === 'acknowledged').length;
  }

  get unknown(): number {
    return this.history.filter(({ outcome }) => outcome === 'unknown').length;
  }

  /** Writes one thing; after an unknown outcome it leaves the thing alone. Resolves to whether all was acknowledged. */
  async writeOne(): Promise<boolean> {
    const { writing, tenant } = this;
    const number = this.count++;
    const key = `${writing.surface}-${number}`;
    const made = await this.record(key, 'first', writing.create(tenant, titleOf(key, 'first'), number));
    if (made.outcome !== 'acknowledged' || made.answer === undefined) return false;
    const id = writing.idOf(made.answer);
    if (number % CHANGE_EVERY === 0) {
      const changed = await this.record(key, 'second', writing.change(tenant, id, titleOf(key, 'second')));
      if (changed.outcome === 'unknown') return false;
    }
    if (number % REMOVE_EVERY !== 0 || writing.remove === undefined) return true;
    const removed = await this.record(key, null, writing.remove(tenant, id));
    return removed.outcome === 'acknowledged';
  }

  private async record(
    key: string,
    value: string | null,
    { path, ...sending }: ReturnType<Writing['create']>,
  ): Promise<Ending> {
    const from = performance.now();
    const ending = await this.tenant.call(this.writing.surface, path, sending).then(endingOf, brokenOff);
    this.milliseconds.push(performance.now() - from);
    this.history.push({ key, value, outcome: ending.outcome });
    const { answer } = ending;
    if (answer !== undefined && !isFit(answer))
      this.wrongAnswers.push(`${sending.method ?? 'POST'} ${path} answered ${answer.status}: ${answer.text}`);
    return ending;
  }
}

function endingOf(answer: Answer): Ending {
  if (answer.status < 300) return { outcome: 'acknowledged', answer };
  return { outcome: answer.status < 500 ? 'refused' : 'unknown', answer };
}

/** The connection broke, or nothing listened. */
const brokenOff = (): Ending => ({ outcome: 'unknown' });

/** All writes are sound: they are done, or the service is unavailable and says when to come back. */
function isFit({ status, headers }: Answer): boolean {
  return status < 300 || (status === 503 && headers.has('retry-after'));
}
