/** What was started, ended in reverse order, once, however the run ends. */
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
      await step().catch((error: unknown) => console.error(String(error)));
    }
  }
}
