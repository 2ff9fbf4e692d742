import { RandomIdGenerator, type IdGenerator } from '@opentelemetry/sdk-trace';

/** Gives the root span of a request the id that its response and its log entry have. */
export class RequestIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  private next: string | undefined;

  /** The trace id of the root span that `start` creates; one with a parent keeps that of its parent. */
  startingAs<T>(traceId: string, start: () => T): T {
    this.next = traceId;
    try {
      return start();
    } finally {
      this.next = undefined;
    }
  }

  generateTraceId(): string {
    return this.next ?? this.random.generateTraceId();
  }

  generateSpanId(): string {
    return this.random.generateSpanId();
  }
}
