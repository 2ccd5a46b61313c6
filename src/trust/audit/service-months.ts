/**
 * Months of the audit. When one is over, what it held is committed to in the log: a head. Acts stay for
 * good. Events (sign-ins, denials) may be taken out after the term of the rulebook by two persons, written
 * to a file first, and only when the head is in a signed checkpoint: what is gone can still be held against
 * something nobody can change.
 */
import type { Actor, Door } from '../../kernel/act.ts';
import { commitmentOf } from '../../kernel/canonical.ts';
import { type Instant, dayOf } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { limitsUnder } from '../../kernel/rulebook/limits.ts';
import { type Rulebook, inForce, isConfirmed } from '../../kernel/rulebook/rulebook.ts';
import { type Clock, freshId } from '../../platform/clock.ts';
import type { Database, Queryable, Tx } from '../../platform/db/index.ts';
import { freshBytes } from '../../platform/random.ts';
import { findCommitments, insertCommitments, lastCheckpoint } from '../transparency-log/index.ts';
import { actText, eventText } from './domain.ts';
import {
  type Month,
  type MonthHead,
  type MonthPolicy,
  firstDay,
  headText,
  isOver,
  keptUntil,
  monthOf,
  monthTally,
} from './domain-months.ts';
import { actsAfter, eventsAfter } from './store.ts';
import {
  type StoredHead,
  dropEvents,
  findProposal,
  insertHead,
  listDrops,
  listHeads,
  lockEvents,
  lockMonths,
  monthsOf,
} from './store-months.ts';

/** What months need of an installation. */
export type MonthDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Door<Tx>;
  readonly rulebook: () => Rulebook;
  readonly config: { readonly jurisdiction: string };
};

const together = 5_000;
const noId = '00000000-0000-0000-0000-000000000000' as Id;
const tables = ['act', 'event'] as const;

function policyOf({ rulebook, clock, config }: MonthDeps): MonthPolicy {
  const { figure } = limitsUnder(rulebook(), 'audit.', clock.today(), config.jurisdiction);
  return { closeDays: figure('month.close-days'), keepMonths: figure('events.keep-months') };
}

/** A row of the audit with the text its commitment covers; `salt` in hexadecimal. */
type Row = {
  readonly id: Id;
  readonly at: Instant;
  readonly text: string;
  readonly salt: string | null;
};

async function pageOf(
  db: Queryable,
  of: MonthHead['of'],
  after: { readonly at: Instant; readonly id: Id },
): Promise<Row[]> {
  if (of === 'act') {
    const acts = await actsAfter(db, after, together);
    return acts.map(({ act, salt }) => ({ id: act.id, at: act.at, text: actText(act), salt }));
  }
  const events = await eventsAfter(db, after, together);
  return events.map((event) => ({
    ...{ id: event.id, at: event.at, text: eventText(event), salt: event.salt },
  }));
}

/** Rows of a month in the order of time. */
async function* rowsOf(db: Queryable, of: MonthHead['of'], month: Month): AsyncGenerator<Row> {
  let after = { at: `${firstDay(month)}T00:00:00.000Z` as Instant, id: noId };
  for (;;) {
    const page = await pageOf(db, of, after);
    for (const row of page) {
      if (monthOf(row.at) !== month) return;
      yield row;
    }
    if (page.length < together) return;
    after = page.at(-1)!;
  }
}

/** What a row is committed to by, worked out from the row itself. */
function commitmentOfRow({ salt, text }: Row): Buffer | null {
  return salt === null ? null : commitmentOf(Buffer.from(salt, 'hex'), text);
}

async function headNow(db: Queryable, of: MonthHead['of'], month: Month): Promise<MonthHead> {
  const tally = monthTally();
  for await (const row of rowsOf(db, of, month)) {
    tally.add({ ...row, commitment: commitmentOfRow(row) });
  }
  return { of, month, ...tally.end() };
}

/** Closes every month that is over and was not closed; gives their heads. Closing twice changes nothing. */
export async function closeMonths(deps: MonthDeps): Promise<MonthHead[]> {
  const { database, clock } = deps;
  const policy = policyOf(deps);
  const closed: MonthHead[] = [];
  for (const of of tables) {
    for (const month of await monthsOf(database, of)) {
      if (!isOver(month, policy, clock.today())) continue;
      const head = await database.transaction(async (tx) => {
        await lockMonths(tx);
        const heads = await listHeads(tx);
        if (heads.some((one) => one.of === of && one.month === month)) return null;
        return close(deps, tx, await headNow(tx, of, month));
      });
      if (head !== null) closed.push(head);
    }
  }
  return closed;
}

async function close({ clock }: MonthDeps, tx: Tx, head: MonthHead): Promise<MonthHead> {
  const [id, closedAt, salt] = [freshId(clock), clock.now(), freshBytes(16)];
  await insertHead(tx, { ...head, id, closedAt }, salt);
  const commitment = commitmentOf(salt, headText(head));
  await insertCommitments(tx, [
    { id: freshId(clock), kind: 'month', objectId: id, commitment, at: closedAt },
  ]);
  return head;
}

/** A closed month. `position`: of its head in the log, once it is under a signed checkpoint. */
export type ClosedMonth = MonthHead & {
  readonly closedAt: Instant;
  readonly position: number | null;
  /** When its events were taken out; `null`: they are here. */
  readonly droppedAt: Instant | null;
};

/** Every closed month, the oldest first. */
export async function closedMonths(db: Queryable): Promise<ClosedMonth[]> {
  const drops = new Map((await listDrops(db)).map(({ month, at }) => [month, at]));
  const heads = await listHeads(db);
  return Promise.all(
    heads.map(async ({ of, month, rows, digest, closedAt, ...head }) => ({
      ...{ of, month, rows, digest, closedAt },
      position: await positionOf(db, { ...head, closedAt }),
      droppedAt: of === 'event' ? (drops.get(month) ?? null) : null,
    })),
  );
}

async function positionOf(
  db: Queryable,
  { id, closedAt }: Pick<StoredHead, 'id' | 'closedAt'>,
): Promise<number | null> {
  const [leaf] = await findCommitments(db, [{ objectId: id, at: closedAt }]);
  const position = leaf?.position ?? null;
  const signed = (await lastCheckpoint(db))?.size ?? 0;
  return position !== null && position < signed ? position : null;
}

/** Heads of a month with what their commitments cover, for a proof. */
export async function committedHeads(
  db: Queryable,
  month: Month,
): Promise<{ objectId: Id; at: Instant; text: string; salt: string | null }[]> {
  return (await listHeads(db))
    .filter((head) => head.month === month)
    .map((head) => ({
      ...{ objectId: head.id, at: head.closedAt, text: headText(head), salt: head.salt },
    }));
}

/** Why the events of a month may not be taken out; `null`: they may. */
async function whyNot(deps: MonthDeps, db: Queryable, month: Month): Promise<Result<StoredHead>> {
  const { rulebook, clock, config } = deps;
  const edition = inForce(rulebook(), 'limits', clock.today(), config.jurisdiction).find(
    ({ document }) => document.limits.some(({ key }) => key === 'audit.events.keep-months'),
  );
  if (edition === undefined || !isConfirmed(rulebook(), edition.document)) {
    return refuse('audit.term-unconfirmed', { edition: edition?.document.id ?? '' });
  }
  const head = (await listHeads(db)).find((one) => one.of === 'event' && one.month === month);
  if (head === undefined) return refuse('audit.month-open', { month });
  if ((await listDrops(db)).some((one) => one.month === month)) {
    return refuse('audit.month-dropped', { month });
  }
  const until = keptUntil(month, policyOf(deps));
  if (dayOf(clock.now()) < until) return refuse('audit.month-kept', { month, until });
  if ((await positionOf(db, head)) === null) return refuse('audit.month-not-logged', { month });
  return ok(head);
}

/** Who asks for a month to be taken out, and why. */
export type DropAsked = { readonly month: Month; readonly actor: Actor; readonly reason: string };

/**
 * The first person proposes to take the events of a month out; gives the act the second one names.
 * Refuses `audit.term-unconfirmed`, `audit.month-open`, `audit.month-kept {until}`,
 * `audit.month-not-logged`, `audit.month-dropped`, and what the door refuses.
 */
export function proposeDrop(deps: MonthDeps, asked: DropAsked): Promise<Result<Id>> {
  return deps.database.transaction(async (tx) => {
    const head = await whyNot(deps, tx, asked.month);
    if (!head.ok) return head;
    const act = await deps.door.pass(tx, {
      ...{ kind: 'audit.propose-drop', needs: 'audit:archive', actor: asked.actor },
      ...{ ground: { reason: asked.reason }, object: `audit:${asked.month}` },
      ...{ traceId: freshId(deps.clock), detail: { rows: head.value.rows } },
    });
    return act.ok ? ok(act.value.id) : act;
  });
}

/** One line of an archive: the head of the month, its rows with their salts, the end. */
export type ArchiveLine = { readonly kind: 'head' | 'event' | 'end' } & Readonly<
  Record<string, unknown>
>;

async function* archiveOf(tx: Tx, head: StoredHead): AsyncGenerator<ArchiveLine> {
  const { of, month, rows, digest, salt } = head;
  yield { kind: 'head', of, month, rows, digest, text: headText(head), salt };
  for await (const { id, at, text, salt: own } of rowsOf(tx, 'event', month)) {
    yield { kind: 'event', id, at, text, salt: own };
  }
  yield { kind: 'end', rows };
}

/**
 * The second person takes the events of a month out. `write` gets the lines of the archive and gives the
 * SHA-256 (hexadecimal) of the file once it is safely on its disk; where it fails nothing is taken out.
 * Refuses as {@link proposeDrop}, `audit.no-such-proposal`, `audit.month-differs` where the month is not
 * what was committed to, `door.same-person`.
 */
export function dropMonth(
  deps: MonthDeps,
  proposal: Id,
  asked: DropAsked,
  write: (lines: AsyncGenerator<ArchiveLine>) => Promise<string>,
): Promise<Result<MonthHead>> {
  const { month, actor, reason } = asked;
  return deps.database.transaction(async (tx) => {
    await lockMonths(tx);
    const proposed = await findProposal(tx, proposal);
    if (proposed?.object !== `audit:${month}`) {
      return refuse('audit.no-such-proposal', { act: proposal, month });
    }
    const head = await whyNot(deps, tx, month);
    if (!head.ok) return head;
    await lockEvents(tx, month);
    const now = await headNow(tx, 'event', month);
    if (now.digest !== head.value.digest) return refuse('audit.month-differs', { month });
    const act = await deps.door.pass(tx, {
      ...{ kind: 'audit.drop', needs: 'audit:archive', actor, ground: { reason } },
      ...{ object: `audit:${month}`, traceId: freshId(deps.clock), detail: { rows: now.rows } },
      second: { firstAct: proposal },
    });
    if (!act.ok) return act;
    const archive = await write(archiveOf(tx, head.value));
    await dropEvents(tx, {
      ...{ month, rows: now.rows, firstAct: proposal, act: act.value.id, archive },
      ...{ firstAccount: proposed.account, secondAccount: actor.account, at: act.value.at },
    });
    return ok(now);
  });
}
