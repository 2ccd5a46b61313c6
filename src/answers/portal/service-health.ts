/** Whether this process can answer: database, schema, rulebook. */
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PortalDeps } from './deps.ts';
import { appliedMigrations } from './store.ts';

/** What was looked at; only names go out, no reasons. */
export type Readiness = {
  readonly ready: boolean;
  readonly checks: {
    readonly database: boolean;
    readonly migrations: boolean;
    readonly rulebook: boolean;
  };
};

const databaseMsMax = 2_000;

/** A value, or `null` when it fails or takes longer than `ms`: a database that hangs is not ready. */
async function within<Value>(ms: number, value: Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([value.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Looks at everything a page needs. Never throws, never waits longer than two seconds. */
export async function readiness(deps: PortalDeps): Promise<Readiness> {
  const [applied, shipped] = await Promise.all([
    within(databaseMsMax, appliedMigrations(deps.database)),
    readdir(resolve(deps.config.root, 'db/migrations')).catch(() => []),
  ]);
  const known = shipped.filter((name) => name.endsWith('.sql'));
  const checks = {
    database: applied !== null,
    migrations:
      applied !== null && known.length > 0 && known.every((name) => applied.includes(name)),
    rulebook: deps.rulebook().editions.length > 0,
  };
  return { ready: Object.values(checks).every(Boolean), checks };
}
