/** Figures for the operator's monitoring (Prometheus text format). */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { AccessEntry } from './access-log.ts';
import type { Reply } from './reply.ts';

/** Counts of one server. */
export type HttpMetrics = {
  readonly observe: (entry: AccessEntry) => void;
  readonly page: () => Promise<Reply>;
};

const secondsBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** A figure that is read when the page is asked for; `null`: not known, and not shown. */
export type ReadGauge = {
  readonly name: string;
  readonly help: string;
  readonly read: () => Promise<number | null>;
};

function addGauge(registry: Registry, { name, help, read }: ReadGauge): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      const value = await read().catch(() => null);
      if (value === null) this.reset();
      else this.set(value);
    },
  });
}

/** Makes the counters, with those of the process beside them, and whatever else is to be read. */
export function makeHttpMetrics(gauges: readonly ReadGauge[] = []): HttpMetrics {
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
  for (const gauge of gauges) addGauge(registry, gauge);
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
