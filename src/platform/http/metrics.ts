/** Figures for the operator's monitoring (Prometheus text format). */
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { AccessEntry } from './access-log.ts';
import type { Reply } from './reply.ts';

/** Counts of one server. */
export type HttpMetrics = {
  readonly observe: (entry: AccessEntry) => void;
  readonly page: () => Promise<Reply>;
};

const secondsBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** Makes the counters, with those of the process beside them. */
export function makeHttpMetrics(): HttpMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'xinheng_' });
  const requests = new Counter({
    name: 'xinheng_http_requests_total',
    help: 'Requests by method, route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'xinheng_http_request_seconds',
    help: 'Time to answer by route',
    labelNames: ['route'],
    buckets: secondsBuckets,
    registers: [registry],
  });
  return {
    observe({ method, route, status, ms }) {
      requests.inc({ method, route, status });
      seconds.observe({ route }, ms / 1000);
    },
    async page() {
      return {
        status: 200,
        type: registry.contentType,
        body: await registry.metrics(),
        cache: 'none',
      };
    },
  };
}
