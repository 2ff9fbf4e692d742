/** Why the service cannot start, in one sentence that names the setting. Shown as it is, without a stack. */
export class StartError extends Error {}

/** The same of a process that another one started: it has shown why itself. */
export class WorkerStartError extends Error {}
