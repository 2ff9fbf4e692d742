/**
 * The end of a turn of the event loop: all requests that had arrived by then have been read. What they need from the
 * database is collected until then, and written as one packet.
 */
let collecting: (() => void)[] = [];
let writing: (() => void)[] = [];
let isScheduled = false;

/** Runs at the end of this turn, before everything registered with `afterCollecting`. */
export function atEndOfTurn(task: () => void): void {
  collecting.push(task);
  schedule();
}

/** Runs at the end of this turn, after the tasks that create statements. */
export function afterCollecting(task: () => void): void {
  writing.push(task);
  schedule();
}

/** One immediate for all: those scheduled by an immediate would run a whole turn later. */
function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(run);
}

function run(): void {
  for (const task of collecting) task();
  collecting = [];
  isScheduled = false;
  const tasks = writing;
  writing = [];
  for (const task of tasks) task();
}
