import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../core/caller.js';

const HEADER = 'x-quintet-on-behalf';

/**
 * Requests that the service makes to itself for a caller whom it has admitted. They carry a pass of 256 random bits
 * that is good for as long as the work takes, in this process alone, on routes that declare it. (Not an `AsyncLocalStorage`: asking one on every
 * request kept each request's memory alive and cost a quarter of the throughput.)
 */
@Injectable()
export class OnBehalf {
  private readonly passes = new Map<string, Caller>();

  /** Does work whose requests, made with these headers, are admitted as the caller's. */
  async run<T>(caller: Caller, work: (headers: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
    const pass = randomBytes(32).toString('base64url');
    this.passes.set(pass, caller);
    try {
      return await work({ [HEADER]: pass });
    } finally {
      this.passes.delete(pass);
    }
  }

  callerOf(headers: IncomingHttpHeaders): Caller | undefined {
    const pass = headers[HEADER];
    return typeof pass === 'string' ? this.passes.get(pass) : undefined;
  }
}
