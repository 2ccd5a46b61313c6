/**
 * Restricted reading: a permit first, then the data, then the entry in the journal, and only with that
 * the answer. What is not entered is not read.
 */
import type { Door, EventLog } from '../../kernel/act.ts';
import { commitmentOf } from '../../kernel/canonical.ts';
import {
  type Day,
  type Instant,
  addDays,
  dayOf,
  instantFromMs,
  instantMs,
  startOfDay,
} from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Notify } from '../../kernel/notice.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { type Limits, limitsUnder } from '../../kernel/rulebook/limits.ts';
import type { Purpose } from '../../kernel/rulebook/purposes.ts';
import { type Clock, freshId } from '../../platform/clock.ts';
import type { Database, Queryable, Tx } from '../../platform/db/index.ts';
import { freshBytes } from '../../platform/random.ts';
import type { CommittedTable, ExportedTable } from '../audit/index.ts';
import { insertCommitments } from '../transparency-log/index.ts';
import {
  type DeferralWanted,
  type LawOn,
  type Permit,
  type Reader,
  type Reading,
  type Seen,
  deferralOf,
  readingText,
} from './domain.ts';
import { type Sign, signsOf } from './domain-unusual.ts';
import {
  countByPurpose,
  countReadings,
  deferralFor,
  ensureMonth,
  insertDeferral,
  insertReading,
  insertUnusual,
  lockReader,
  readingsAfter,
  subjectsOpened,
} from './store.ts';

/** What restricted reading needs of an installation. */
export type AccessDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Door<Tx>;
  readonly record: EventLog<Tx>;
  readonly lawOn: () => LawOn;
  /** Tells whom it concerns; not given: nobody is told. */
  readonly notify?: Notify<Tx> | undefined;
};

/** What is left of a quota. `resets`: when it begins anew. */
export type Quota = {
  readonly purpose: string;
  readonly most: number;
  readonly left: number;
  readonly resets: Instant;
};

function quotaWith({ code, perDay }: Purpose, used: number, on: Day): Quota {
  const resets = startOfDay(addDays(on, 1));
  return { purpose: code, most: perDay, left: Math.max(0, perDay - used), resets };
}

/** Subjects an account opened today, by purpose; a purpose it did not read for is not in it. */
export function usedToday(deps: AccessDeps, account: string): Promise<Map<string, number>> {
  return countByPurpose(deps.database, account, startOfDay(deps.clock.today()));
}

/** A reading that was entered, and what is left after it. */
export type Entered = { readonly reading: Reading; readonly quota: Quota };

/**
 * Enters a reading: commitment, deferral where one was decided, signs of unusual reading. A subject
 * opened again on the same day costs nothing. Refuses `access.quota-used {most, resets}`.
 */
export async function enterReading(
  deps: AccessDeps,
  permit: Permit,
  read: { readonly subjectId: string; readonly seen: Seen },
): Promise<Result<Entered>> {
  return deps.database.transaction(async (tx) => {
    const { actor, purpose, matter } = permit;
    await lockReader(tx, actor.account);
    const at = deps.clock.now();
    const on = dayOf(at);
    const opened = await subjectsOpened(tx, actor.account, purpose.code, startOfDay(on));
    const isNew = !opened.has(read.subjectId);
    if (isNew && opened.size >= purpose.perDay) {
      const { resets } = quotaWith(purpose, opened.size, on);
      return refuse('access.quota-used', { purpose: purpose.name, most: purpose.perDay, resets });
    }
    const { account, unit } = actor;
    const of = { subjectId: read.subjectId, unit, account, purpose: purpose.code, matter };
    const deferral = purpose.deferral === undefined ? null : await deferralFor(tx, of, on);
    const reading: Reading = {
      ...{ id: freshId(deps.clock), at, subjectId: read.subjectId, actor, matter },
      ...{ purpose: purpose.code, edition: permit.edition, provision: permit.provision },
      ...{
        seen: read.seen,
        toldFrom: deferral?.toldFrom ?? null,
        deferralId: deferral?.id ?? null,
      },
    };
    await keep(deps, tx, reading);
    await noteUnusual(deps, tx, reading);
    return ok({ reading, quota: quotaWith(purpose, opened.size + (isNew ? 1 : 0), on) });
  });
}

async function keep(deps: AccessDeps, tx: Tx, reading: Reading): Promise<void> {
  await ensureMonth(tx, reading.at);
  const salt = freshBytes(16);
  await insertReading(tx, reading, salt);
  await insertCommitments(tx, [
    {
      ...{ id: freshId(deps.clock), kind: 'reading', objectId: reading.id as Id, at: reading.at },
      commitment: commitmentOf(salt, readingText(reading)),
    },
  ]);
}

const nightBackMs = 12 * 3_600_000;

function limitsOf({ rulebook, on, place }: LawOn): Limits {
  return limitsUnder(rulebook, 'access.unusual.', on, place);
}

const signWords: Readonly<Record<Sign, string>> = {
  surge: '远多于平日 far more than usual',
  night: '夜间查询 at night',
  'one-matter': '一个编号查询多个主体 one matter',
};

/** Tells whoever audits, once a day for each sign. */
async function noteUnusual(deps: AccessDeps, tx: Tx, reading: Reading): Promise<void> {
  const { at, matter, id } = reading;
  const { account } = reading.actor;
  const limits = limitsOf(deps.lawOn());
  const on = dayOf(at);
  const counted = await countReadings(tx, {
    ...{ account, matter, today: startOfDay(on) },
    from: startOfDay(addDays(on, -limits.figure('days'))),
    night: instantFromMs(instantMs(at) - nightBackMs),
    nightFrom: limits.figure('night-from'),
    nightTo: limits.figure('night-to'),
  });
  const counts: Readonly<Record<Sign, number>> = {
    ...{ surge: counted.today, night: counted.tonight, 'one-matter': counted.underMatter },
  };
  for (const sign of signsOf({ at, ...counted }, limits)) {
    const found = { account, on, sign, counted: counts[sign], at, readingId: id };
    if (!(await insertUnusual(tx, found))) continue;
    await deps.record(tx, {
      ...{ kind: 'unusual-reading', account, address: null, route: null },
      detail: { sign, counted: counts[sign], purpose: reading.purpose },
    });
    await deps.notify?.(tx, {
      ...{ template: 'unusual-reading', to: { kind: 'position', code: 'audit-administrator' } },
      ...{ about: `account:${account}`, by: 'system' },
      values: { account, sign: signWords[sign], counted: counts[sign], on },
    });
  }
}

/** A deferral somebody asks for. */
export type DeferralAsked = DeferralWanted & {
  readonly subjectId: string;
  readonly reason: string;
};

/**
 * Decides that a subject is told of a matter's readings later: those still to come, never those it was
 * told of already. Refuses what {@link deferralOf} and the door refuse, and `access.already-deferred`.
 */
export async function deferTelling(
  deps: AccessDeps,
  reader: Reader,
  asked: DeferralAsked,
): Promise<Result<Id>> {
  const { subjectId, reason, purpose, provision, toldFrom } = asked;
  const permit = deferralOf(deps.lawOn(), reader, asked);
  if (!permit.ok) return permit;
  const { actor } = permit.value;
  const matter = permit.value.matter ?? '';
  return deps.database
    .transaction(async (tx) => {
      const act = await deps.door.pass(tx, {
        ...{ kind: 'access.defer', needs: 'access:defer', actor, ground: { provision, reason } },
        ...{ traceId: `access-${subjectId}`, object: `subject:${subjectId}` },
        detail: { purpose, matter, toldFrom },
      });
      if (!act.ok) return act;
      const id = freshId(deps.clock);
      const made = await insertDeferral(tx, {
        ...{ id, subjectId, unit: actor.unit, purpose, matter, provision, toldFrom },
        ...{ decidedBy: actor.account, decidedAt: act.value.at, actId: act.value.id },
      });
      if (made) return ok(id);
      throw new AlreadyDeferred();
    })
    .catch((fault: unknown) => {
      if (fault instanceof AlreadyDeferred) return refuse('access.already-deferred', { matter });
      throw fault;
    });
}

/** Undoes the transaction: an act that led to nothing is not recorded. */
class AlreadyDeferred extends Error {}

/** Readings for `verifyAudit`. */
export const committedReadings: CommittedTable = {
  table: 'reading',
  async read(tx: Queryable, after, most) {
    return (await readingsAfter(tx, after, most)).map(({ reading, salt }) => ({
      ...{ id: reading.id as Id, at: reading.at, salt },
      ...{ text: readingText(reading), what: `${reading.purpose} subject:${reading.subjectId}` },
    }));
  },
};

/** Readings for `exportAudit`: who read which fields of whom for what; never what stood in them. */
export const exportedReadings: ExportedTable = {
  kind: 'reading',
  async read(db: Queryable, after, most) {
    return (await readingsAfter(db, after, most)).map(({ reading }) => {
      const { id, at, subjectId, actor, purpose, edition, provision, matter, seen } = reading;
      return { id, at, subjectId, ...actor, purpose, edition, provision, matter, seen };
    });
  },
};
