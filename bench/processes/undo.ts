/** Longer than any server may take to stop; anything slower is abandoned and reported. */
const STEP_LIMIT_MS = 20_000;

/** Cleans up in reverse order, once, however the run ends. */
export class Undo {
  private readonly steps: (() => Promise<void>)[] = [];
  private running: Promise<void> | undefined;

  readonly add = (step: () => Promise<void>): void => {
    this.steps.push(step);
  };

  run(): Promise<void> {
    return (this.running ??= this.runSteps());
  }

  private async runSteps(): Promise<void> {
    for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop()) {
      await withinLimit(step()).catch((error: unknown) => console.error(String(error)));
    }
  }
}

async function withinLimit(step: Promise<void>): Promise<void> {
  let limit: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    limit = setTimeout(() => reject(new Error('Something did not stop in time.')), STEP_LIMIT_MS);
  });
  await Promise.race([step, tooLong]).finally(() => clearTimeout(limit));
}
