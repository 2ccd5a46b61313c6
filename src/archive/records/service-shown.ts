/**
 * What the public may see: records whose `show` channel is open on a day. One door for pages and API
 * alike. A record is shown only when the stored window and the law as it stands agree, so that a rule
 * that fell away closes it at once, whether or not windows were worked out anew; and only while two
 * officers let it, where a release was needed or something was taken back.
 */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { usccsOf } from '../../register/subjects/index.ts';
import type { ItemFacts, Interval, ResolvedClass } from './domain.ts';
import { isOpenOn } from './domain.ts';
import { type Explanation, explain } from './domain-explain.ts';
import { fromMultirange } from './domain-intervals.ts';
import {
  type ReleaseState,
  type ReleaseStep,
  releaseCut,
  releaseRules,
  releaseState,
  withRelease,
} from './domain-release.ts';
import { currentVersions, isLive } from './domain-statement.ts';
import { channelWindows, classOn } from './domain-windows.ts';
import type { LawView } from './law-view.ts';
import type { ReadDeps } from './service-read.ts';
import { type AssembledRecord, type Parts, assembleParts } from './service-windows.ts';
import { locate } from './store-acts.ts';
import { type ShownQuery, type ShownVersion, readShownVersions } from './store-shown.ts';

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
  /** When two officers last let it be shown; `null` where nobody had to. */
  readonly releasedAt: Instant | null;
  /** Why it is shown; worked out on demand. */
  readonly explain: () => Explanation;
};

/** Records of these subjects that are shown on a day, the newest decision first. */
export function readShownRecords(
  deps: ReadDeps,
  subjectIds: readonly Id[],
  on: Day,
): Promise<ShownRecord[]> {
  return readShown(deps, { subjectIds, on, until: releaseCut(on, null) });
}

/** Some records, wherever they are, as far as they are shown on a day, the newest decision first. */
export function readShownAmong(
  deps: ReadDeps,
  records: readonly { readonly recordId: Id; readonly subjectId: Id }[],
  on: Day,
): Promise<ShownRecord[]> {
  if (records.length === 0) return Promise.resolve([]);
  const subjectIds = [...new Set(records.map(({ subjectId }) => subjectId))];
  const recordIds = records.map(({ recordId }) => recordId);
  return readShown(deps, { subjectIds, recordIds, on, until: releaseCut(on, null) });
}

async function readShown(deps: ReadDeps, query: ShownQuery): Promise<ShownRecord[]> {
  const { on } = query;
  const rows = await readShownVersions(deps.database, query);
  if (rows.length === 0) return [];
  const law = await deps.lawKnownAt(null);
  const parts = await partsOf(deps.database, rows);
  const open = new Map(
    rows.map((row) => [nameOf(row), openInterval(fromMultirange(row.show), on)]),
  );
  const releases = new Releases(law, rows);
  const assembled = assembleParts(law, parts);
  return assembled
    .flatMap((record) => {
      const release = releases.of(record);
      if (!release.shows) return [];
      return shownOf(record, { stored: open.get(nameOf(record)) ?? undefined, release, on }) ?? [];
    })
    .sort(
      (a, b) =>
        compare(b.decidedOn ?? b.receivedOn, a.decidedOn ?? a.receivedOn) ||
        // Pages are cut from this list: records of one day need an order of their own.
        compare(b.recordId, a.recordId),
    );
}

/** What release says of each record: asked of the batch its leading statement came with. */
class Releases {
  private readonly law: LawView;
  private readonly batches = new Map<Id, ReleaseStep>();
  private readonly records = new Map<Id, ReleaseStep>();

  constructor(law: LawView, rows: readonly ShownVersion[]) {
    this.law = law;
    for (const { batchId, batchRelease, recordId, recordRelease } of rows) {
      if (batchRelease !== null) this.batches.set(batchId, batchRelease);
      if (recordRelease !== null) this.records.set(recordId, recordRelease);
    }
  }

  of({ leading, recordId }: AssembledRecord): ReleaseState {
    const { item, receivedAt, batchId } = leading;
    return releaseState(releaseRules(this.law), {
      item,
      receivedAt,
      batchId,
      batch: this.batches.get(batchId) ?? null,
      record: this.records.get(recordId) ?? null,
    });
  }
}

/** Versions, marks and acts grouped by record; whom an act concerns is asked only where there is one. */
async function partsOf(db: Queryable, rows: readonly ShownVersion[]): Promise<Parts> {
  const parts: Parts = { versions: new Map(), marks: new Map(), acts: new Map(), usccs: new Map() };
  for (const row of rows) {
    const name = nameOf(row);
    const versions = parts.versions.get(name);
    if (versions === undefined) parts.versions.set(name, [row]);
    else versions.push(row);
    if (row.marks !== null) parts.marks.set(name, [...row.marks]);
    if (row.acts !== null) parts.acts.set(row.decisionKey!, [...row.acts]);
  }
  if (parts.acts.size === 0) return parts;
  const subjects = [...new Set(rows.map(({ subjectId }) => subjectId))];
  return { ...parts, usccs: await usccsOf(db, subjects) };
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
  const [shown] = await readShownAmong(deps, [{ recordId, subjectId }], on);
  return shown ?? null;
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
  {
    stored,
    release,
    on,
  }: {
    readonly stored: Interval | undefined;
    readonly release: ReleaseState;
    readonly on: Day;
  },
): ShownRecord | null {
  const { leading, facts, plan, versions } = record;
  const now = openInterval(channelWindows(plan, facts, 'show'), on);
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
    releasedAt: release.at,
    explain: () => withRelease(explain(plan, facts, 'show', on), release),
  };
}
