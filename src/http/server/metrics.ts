import { shareMetrics } from './cluster-metrics.js';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The counters of a connection pool. */
export interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

export interface Sources {
  readonly pool: PoolCounts;
  readonly statements: () => number;
}

/** The Prometheus metrics of one process. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'quintet_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['surface', 'method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });

  constructor({ pool, statements }: Sources) {
    const { registry } = this;
    collectDefaultMetrics({ register: registry });
    shareMetrics(registry);
    const connections = new Gauge({
      name: 'quintet_pool_connections',
      help: 'Pooled connections to PostgreSQL: open, idle, and requests waiting for one.',
      labelNames: ['state'],
      registers: [registry],
      collect: () => {
        connections.set({ state: 'open' }, pool.totalCount);
        connections.set({ state: 'idle' }, pool.idleCount);
        connections.set({ state: 'waiting' }, pool.waitingCount);
      },
    });
    const sent = new Counter({
      name: 'quintet_statements_total',
      help: 'SQL statements sent.',
      registers: [registry],
      collect: () => {
        sent.reset();
        sent.inc(statements());
      },
    });
  }

  observe(surface: string, method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ surface, method, route, status }, seconds);
  }
}
