import cluster from 'node:cluster';
import { once } from 'node:events';
import { AggregatorRegistry, type Registry } from 'prom-client';

/** One process asks the one that started it, which asks all. */
const REQUEST = 'metrics of all processes';

interface Response {
  readonly answerTo: typeof REQUEST;
  /** `undefined` if not all processes answered. */
  readonly text: string | undefined;
}

/** In the process that starts the others: adds up their metrics when one of them asks. */
export function answerClusterMetrics(): void {
  const aggregator = new AggregatorRegistry();
  cluster.on('message', (worker, message: unknown) => {
    if (message !== REQUEST) return;
    const send = (text?: string): boolean => worker.send({ answerTo: REQUEST, text } satisfies Response);
    aggregator.clusterMetrics().then(send, () => send());
  });
}

/** In a process that serves: the metrics of all processes, or its own while one of them does not answer. */
export async function metricsOfAll(own: Registry): Promise<string> {
  if (!cluster.isWorker || process.send === undefined) return own.metrics();
  process.send(REQUEST);
  for (;;) {
    const [message] = (await once(process, 'message')) as [Response | null];
    if (message?.answerTo === REQUEST) return message.text ?? own.metrics();
  }
}

/** In a process that serves: lets its metrics be collected. */
export function shareMetrics(own: Registry): void {
  if (!cluster.isWorker) return;
  AggregatorRegistry.setRegistries([own]);
  new AggregatorRegistry();
}
