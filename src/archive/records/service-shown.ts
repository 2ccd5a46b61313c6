/**
 * What the public may see: records whose `show` channel is open on a day. One door for pages and API
 * alike. A record is shown only when the stored window and the law as it stands agree, so that a rule
 * that fell away closes it at once, whether or not windows were worked out anew.
 */
import type { Day } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { ItemFacts, Interval, ResolvedClass } from './domain.ts';
import { isOpenOn } from './domain.ts';
import { type Explanation, explain } from './domain-explain.ts';
import { fromMultirange } from './domain-intervals.ts';
import { currentVersions, isLive } from './domain-statement.ts';
import { classOn, windowsOf } from './domain-windows.ts';
import type { ReadDeps } from './service-read.ts';
import { type AssembledRecord, assembleRecords } from './service-windows.ts';
import { readSubjectVersions, readVersions, readWindows } from './store.ts';
import { locate } from './store-acts.ts';

/** A record the public may see. */
export type ShownRecord = {
  readonly recordId: Id;
  readonly subjectId: Id;
  readonly item: ItemFacts;
  readonly standard: string;
  readonly values: Readonly<Record<string, string>>;
  readonly class: ResolvedClass | null;
  readonly authorityCode: string | null;
  readonly authorityName: string | null;
  readonly documentNumber: string | null;
  readonly decidedOn: Day | null;
  readonly receivedOn: Day;
  /** Who leads, then who else says the same. */
  readonly providers: readonly string[];
  readonly window: Interval;
  /** Why it is shown; worked out on demand. */
  readonly explain: () => Explanation;
};

/** Records of these subjects that are shown on a day, the newest decision first. */
export async function readShownRecords(
  deps: ReadDeps,
  subjectIds: readonly Id[],
  on: Day,
): Promise<ShownRecord[]> {
  const [versions, windows] = await Promise.all([
    readSubjectVersions(deps.database, subjectIds),
    readWindows(deps.database, subjectIds),
  ]);
  const open = new Map(
    windows.flatMap((row) => {
      const interval = openInterval(fromMultirange(row.show), on);
      return interval === null ? [] : [[nameOf(row), interval] as const];
    }),
  );
  const wanted = versions.filter((version) => open.has(nameOf(version)));
  if (wanted.length === 0) return [];
  const law = await deps.lawKnownAt(null);
  const assembled = await assembleRecords(deps.database, law, wanted, null);
  return assembled
    .flatMap((record) => shownOf(record, open.get(nameOf(record)), on) ?? [])
    .sort(
      (a, b) =>
        compare(b.decidedOn ?? b.receivedOn, a.decidedOn ?? a.receivedOn) ||
        // Pages are cut from this list: records of one day need an order of their own.
        compare(b.recordId, a.recordId),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** No subject has this id; asked for where a record is nowhere. */
const nobody: Id = '00000000-0000-0000-0000-000000000000';

/**
 * One record if it is shown on a day; `null` otherwise, whatever the reason. A hidden record and one
 * that never was take the same statements.
 */
export async function readShownRecord(
  deps: ReadDeps,
  recordId: Id,
  on: Day,
): Promise<ShownRecord | null> {
  const subjectId = (await locate(deps.database, recordId)) ?? nobody;
  const windows = await readWindows(deps.database, [subjectId]);
  const stored = windows.find((row) => row.recordId === recordId);
  const open = stored === undefined ? null : openInterval(fromMultirange(stored.show), on);
  if (open === null) return null;
  const law = await deps.lawKnownAt(null);
  const versions = await readVersions(deps.database, [{ subjectId, recordId }]);
  const [record] = await assembleRecords(deps.database, law, versions, null);
  return record === undefined ? null : shownOf(record, open, on);
}

const nameOf = (record: { readonly subjectId: Id; readonly recordId: Id }) =>
  `${record.subjectId}|${record.recordId}`;

function openInterval(intervals: readonly Interval[], on: Day): Interval | null {
  return intervals.find((interval) => isOpenOn([interval], on)) ?? null;
}

/** Days on which both are open: what is stored and what the law says now. */
function both(stored: Interval, now: Interval): Interval {
  const from = stored.from > now.from ? stored.from : now.from;
  if (stored.until === null || now.until === null) {
    return { from, until: stored.until ?? now.until };
  }
  return { from, until: stored.until < now.until ? stored.until : now.until };
}

function shownOf(
  record: AssembledRecord,
  stored: Interval | undefined,
  on: Day,
): ShownRecord | null {
  const { leading, facts, plan, versions } = record;
  const now = openInterval(windowsOf(plan, facts).show, on);
  if (now === null || stored === undefined) return null;
  const window = both(stored, now);
  const live = currentVersions(versions).filter(isLive);
  return {
    recordId: record.recordId,
    subjectId: record.subjectId,
    item: facts.item,
    standard: leading.standard,
    values: leading.values,
    class: classOn(plan, facts, on),
    authorityCode: leading.authorityCode,
    authorityName: leading.authorityName,
    documentNumber: leading.documentNumber,
    decidedOn: leading.decidedOn,
    receivedOn: facts.receivedOn,
    providers: [...new Set([leading.provider, ...live.map((version) => version.provider)])],
    window,
    explain: () => explain(plan, facts, 'show', on),
  };
}
