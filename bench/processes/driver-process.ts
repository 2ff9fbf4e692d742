import { fork, type ChildProcess } from 'node:child_process';
import type { Job, LoadJob, LoadResult, Report, StreamJob, StreamResult } from '../driver/jobs.js';
import type { WireRequest } from '../wire-request.js';
import type { LoadClient } from './load-client.js';
import { stopChild } from './server-process.js';

/** The driver process; runs one job at a time. */
export class DriverProcess implements LoadClient {
  private readonly child: ChildProcess;

  constructor() {
    this.child = fork('dist/bench/driver.js', { execArgv: [], serialization: 'advanced' });
  }

  async prepare(requests: readonly WireRequest[]): Promise<void> {
    await this.perform({ kind: 'requests', requests });
  }

  async load(job: Omit<LoadJob, 'kind'>): Promise<LoadResult> {
    const report = await this.perform({ kind: 'load', ...job });
    if (report.kind !== 'load') throw new Error(`The driver answered ${report.kind}.`);
    return report.result;
  }

  async stream(job: Omit<StreamJob, 'kind'>): Promise<StreamResult> {
    const report = await this.perform({ kind: 'stream', ...job });
    if (report.kind !== 'stream') throw new Error(`The driver answered ${report.kind}.`);
    return report.result;
  }

  stop(): Promise<void> {
    return stopChild(this.child);
  }

  private perform(job: Job): Promise<Report> {
    return new Promise((resolve, reject) => {
      if (!this.child.connected) return reject(new Error('The driver ended.'));
      const settle = (act: () => void): void => {
        this.child.off('message', onMessage).off('exit', onExit);
        act();
      };
      const onMessage = (report: Report): void =>
        settle(() => (report.kind === 'failed' ? reject(new Error(report.message)) : resolve(report)));
      const onExit = (): void => settle(() => reject(new Error('The driver ended.')));
      this.child.on('message', onMessage).once('exit', onExit);
      this.child.send(job);
    });
  }
}
