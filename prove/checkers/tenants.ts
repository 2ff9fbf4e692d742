/** A request with ids of another tenant in it, and the same with ids that nobody has. */
export interface Probe {
  /** Method and path, for whoever repeats it. */
  readonly request: string;
  /** Whether a foreign id is in its path, so that nothing can be found there. */
  readonly isAddressed: boolean;
  readonly status: number;
  readonly text: string;
  /** The foreign ids that were sent; a response may repeat them. */
  readonly sent: readonly string[];
  /** What was answered to ids that nobody has; `undefined` if that was not asked. */
  readonly absentStatus?: number;
}

/** Probes that reached the other tenant, or told that a row exists. `mark` is in every text of the other tenant. */
export function probeFaults(probes: readonly Probe[], mark: string): string[] {
  return probes.flatMap(({ request, isAddressed, status, text, sent, absentStatus }) => {
    const said = sent.reduce((rest, id) => rest.replaceAll(id, ''), text);
    const faults: string[] = [];
    if (said.includes(mark)) faults.push(`${request} shows what is another tenant's: ${said}`);
    if (isAddressed && status < 400) faults.push(`${request} was answered ${status}`);
    if (absentStatus !== undefined && absentStatus !== status)
      faults.push(`${request} was answered ${status}, and ${absentStatus} for a row that does not exist`);
    return faults;
  });
}
