/**
 * The pack for those who audit the platform (classified protection: four times a year): who holds which
 * account and position, every change of them, every act, sign-in, failure and denial of a period.
 */
import type { Actor, Door } from '../../kernel/act.ts';
import { type Day, type Instant, endOfDay, startOfDay } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { Roles } from '../../kernel/rulebook/roles.ts';
import type { Database, Queryable, Tx } from '../../platform/db/index.ts';
import { listAccounts } from '../accounts/index.ts';
import { lastCheckpoint } from '../transparency-log/index.ts';
import { closedMonths } from './service-months.ts';
import { actsAfter, eventsAfter } from './store.ts';

/** What exporting needs. */
export type ExportDeps = {
  readonly database: Database;
  readonly door: Door<Tx>;
  readonly positions: () => Roles['positions'];
};

/** A period of whole days, both included. */
export type ExportPeriod = { readonly from: Day; readonly to: Day };

/** One line of the pack. */
export type ExportLine = { readonly kind: string } & Readonly<Record<string, unknown>>;

/** Rows of another feature that auditors get, in the order of time after a place: readings. */
export type ExportedTable = {
  readonly kind: string;
  readonly read: (
    db: Queryable,
    after: Place,
    most: number,
  ) => Promise<readonly (Place & Readonly<Record<string, unknown>>)[]>;
};

const together = 2_000;
const daysMost = 400;

/**
 * Records the export as an act, then gives the pack line by line: `head` first, `end` with the counts
 * last, so that a pack that was cut short is seen. Refuses `audit.bad-period`, and what the door refuses.
 */
export async function exportAudit(
  deps: ExportDeps,
  period: ExportPeriod,
  asked: { readonly actor: Actor; readonly reason: string },
  further: readonly ExportedTable[] = [],
): Promise<Result<AsyncGenerator<ExportLine>>> {
  const { from, to } = period;
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (!(days >= 0) || days > daysMost) return refuse('audit.bad-period', { most: daysMost });
  const act = await deps.database.transaction((tx) =>
    deps.door.pass(tx, {
      ...{ kind: 'audit.export', needs: 'audit:export', actor: asked.actor },
      ...{ ground: { reason: asked.reason }, object: 'audit', traceId: `audit-${from}-${to}` },
      detail: { from, to },
    }),
  );
  return act.ok ? ok(linesOf(deps, period, further)) : act;
}

/** Salts stay: with them whoever got the pack could not be told apart from whoever wrote the log. */
async function* linesOf(
  deps: ExportDeps,
  { from, to }: ExportPeriod,
  further: readonly ExportedTable[],
): AsyncGenerator<ExportLine> {
  const { database, positions } = deps;
  const [first, last] = [startOfDay(from), endOfDay(to)];
  const checkpoint = await lastCheckpoint(database);
  yield { kind: 'head', from, to, checkpoint: checkpoint?.note ?? null };
  for (const position of positions()) {
    yield { ...position, permissions: [...position.permissions], kind: 'position' };
  }
  const accounts = await listAccounts(database);
  for (const account of accounts) yield { kind: 'account', ...account };
  for (const month of await closedMonths(database)) yield { ...month, kind: 'month' };
  let acts = 0;
  for (let after: Place = { at: first, id: noId }; ;) {
    const page = await actsAfter(database, after, together);
    const within = page.filter(({ act }) => act.at <= last);
    for (const { act } of within) yield { ...act, kind: 'act', what: act.kind };
    acts += within.length;
    if (within.length < together) break;
    after = within.at(-1)!.act;
  }
  let events = 0;
  for (let after: Place = { at: first, id: noId }; ;) {
    const page = await eventsAfter(database, after, together);
    const within = page.filter(({ at }) => at <= last);
    for (const { kind: what, id, at, account, address, route, detail } of within) {
      yield { kind: 'event', what, id, at, account, address, route, detail };
    }
    events += within.length;
    if (within.length < together) break;
    after = within.at(-1)!;
  }
  const others: Record<string, number> = {};
  for (const table of further) {
    let count = 0;
    for await (const line of within(database, table, { first, last })) {
      yield line;
      count += 1;
    }
    others[table.kind] = count;
  }
  yield { kind: 'end', accounts: accounts.length, acts, events, ...others };
}

async function* within(
  database: Database,
  { kind, read }: ExportedTable,
  { first, last }: { readonly first: Instant; readonly last: Instant },
): AsyncGenerator<ExportLine> {
  for (let after: Place = { at: first, id: noId }; ;) {
    const page = await read(database, after, together);
    const rows = page.filter(({ at }) => at <= last);
    for (const row of rows) yield { ...row, kind };
    if (rows.length < together) return;
    after = rows.at(-1)!;
  }
}

type Place = Parameters<typeof actsAfter>[1] & object;
const noId = '00000000-0000-0000-0000-000000000000' as Place['id'];
