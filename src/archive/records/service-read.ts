/** Reading: one record with its windows and explanations, and a subject's whole file. */
import { type Day, type Instant, parseDay } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { Channel, SeverityClass } from '../../kernel/rulebook/terms.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { type Interval, channels, isOpenOn } from './domain.ts';
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
import { type StatementVersion, currentVersions, leadingStatement } from './domain-statement.ts';
import { classOn } from './domain-windows.ts';
import type { LawView } from './law-view.ts';
import { type AssembledRecord, assembleRecords } from './service-windows.ts';
import { readSubjectVersions, readVersions, readWindows } from './store.ts';
import { locate } from './store-acts.ts';
import { readReleases } from './store-release.ts';

/** What reading needs: the database, and the law as known at an instant (`null`: now). */
export type ReadDeps = {
  readonly database: Queryable;
  readonly lawKnownAt: (knownAt: Instant | null) => Promise<LawView>;
};

/** A record as told to a reader. */
export type RecordView = {
  readonly recordId: Id;
  readonly subjectId: Id;
  readonly item: string;
  readonly itemName: string;
  readonly family: string;
  readonly class: SeverityClass | null;
  readonly classText: string | null;
  readonly classStandard: string | null;
  readonly standard: string;
  readonly values: Readonly<Record<string, string>>;
  readonly provider: string;
  readonly authorityCode: string | null;
  readonly authorityName: string | null;
  readonly documentNumber: string | null;
  readonly decidedOn: Day | null;
  readonly receivedOn: Day;
  readonly asOf: Day;
  readonly statements: readonly {
    readonly provider: string;
    readonly op: string;
    readonly version: number;
    readonly receivedAt: Instant;
    readonly batchId: Id;
    readonly rowNo: number;
  }[];
  readonly windows: Readonly<Record<Channel, readonly Interval[]>>;
  readonly open: Readonly<Record<Channel, boolean>>;
  readonly explanations: Readonly<Record<Channel, Explanation>>;
  /** What two officers decided on showing it; `show` is open only where this lets it. */
  readonly release: ReleaseState;
};

/**
 * One record on a day (`asOf`), by what was known at an instant (`knownAt`, `null`: now). Refuses
 * `records.no-such-record`, `records.link-undone`.
 */
export async function readRecord(
  deps: ReadDeps,
  recordId: Id,
  asOf: Day,
  knownAt: Instant | null,
): Promise<Result<RecordView>> {
  const subjectId = await locate(deps.database, recordId, knownAt);
  if (subjectId === undefined) return refuse('records.no-such-record', { record: recordId });
  if (subjectId === null) return refuse('records.link-undone', { record: recordId });
  const law = await deps.lawKnownAt(knownAt);
  const versions = await readVersions(deps.database, [{ subjectId, recordId }], knownAt);
  const assembled = await assembleRecords(deps.database, law, versions, knownAt);
  const record = assembled[0];
  if (record === undefined) return refuse('records.no-such-record', { record: recordId });
  const stored = await storedWindows(deps.database, [subjectId], knownAt);
  const releaseOf = await releasesOf(deps, law, assembled, releaseCut(asOf, knownAt));
  return ok(viewOf(record, { asOf, stored: stored.get(recordId), release: releaseOf(record) }));
}

/** All records of subjects (one, or one with its duplicates), newest decision first. */
export async function readSubjectRecords(
  deps: ReadDeps,
  subjectIds: readonly Id[],
  asOf: Day,
  knownAt: Instant | null,
): Promise<RecordView[]> {
  const law = await deps.lawKnownAt(knownAt);
  const versions = await readSubjectVersions(deps.database, subjectIds, knownAt);
  const assembled = await assembleRecords(deps.database, law, versions, knownAt);
  const stored = await storedWindows(deps.database, subjectIds, knownAt);
  const releaseOf = await releasesOf(deps, law, assembled, releaseCut(asOf, knownAt));
  return assembled
    .map((record) =>
      viewOf(record, { asOf, stored: stored.get(record.recordId), release: releaseOf(record) }),
    )
    .sort((a, b) => ((a.decidedOn ?? a.receivedOn) < (b.decidedOn ?? b.receivedOn) ? 1 : -1));
}

/** Reads what was decided on showing these records up to an instant. */
async function releasesOf(
  deps: ReadDeps,
  law: LawView,
  records: readonly AssembledRecord[],
  until: Instant,
): Promise<(record: AssembledRecord) => ReleaseState> {
  const objects = records.flatMap(({ recordId, leading }) => [recordId, leading.batchId]);
  const steps: ReadonlyMap<Id, ReleaseStep> = await readReleases(deps.database, objects, until);
  return ({ recordId, leading: { item, receivedAt, batchId } }) =>
    releaseState(releaseRules(law), {
      item,
      receivedAt,
      batchId,
      batch: steps.get(batchId) ?? null,
      record: steps.get(recordId) ?? null,
    });
}

type StoredWindows = Readonly<Record<Channel, readonly Interval[]>>;

async function storedWindows(
  db: Queryable,
  subjectIds: readonly Id[],
  knownAt: Instant | null,
): Promise<Map<Id, StoredWindows>> {
  const rows = await readWindows(db, subjectIds, knownAt);
  return new Map(
    rows.map((row) => [
      row.recordId,
      {
        show: fromMultirange(row.show),
        share: fromMultirange(row.share),
        use: fromMultirange(row.use),
        report: fromMultirange(row.report),
      },
    ]),
  );
}

const nothing: StoredWindows = { show: [], share: [], use: [], report: [] };

function viewOf(
  record: AssembledRecord,
  {
    asOf,
    stored,
    release,
  }: {
    readonly asOf: Day;
    readonly stored: StoredWindows | undefined;
    readonly release: ReleaseState;
  },
): RecordView {
  const { leading, facts, plan } = record;
  const resolved = classOn(plan, facts, asOf);
  const windows = stored ?? nothing;
  const by = <Value>(make: (channel: Channel) => Value) =>
    Object.fromEntries(channels.map((channel) => [channel, make(channel)])) as Record<
      Channel,
      Value
    >;
  return {
    recordId: record.recordId,
    subjectId: record.subjectId,
    item: facts.item.code,
    itemName: facts.item.name,
    family: facts.item.family,
    class: resolved?.class ?? null,
    classText: resolved?.text ?? null,
    classStandard: resolved?.standard ?? null,
    standard: leading.standard,
    values: leading.values,
    provider: leading.provider,
    authorityCode: leading.authorityCode,
    authorityName: leading.authorityName,
    documentNumber: leading.documentNumber,
    decidedOn: leading.decidedOn,
    receivedOn: facts.receivedOn,
    asOf,
    statements: currentVersions(record.versions).map(statementView),
    windows,
    open: by(
      (channel) => isOpenOn(windows[channel], asOf) && (channel !== 'show' || release.shows),
    ),
    explanations: by((channel) => withRelease(explain(plan, facts, channel, asOf), release)),
    release,
  };
}

function statementView(version: StatementVersion) {
  const { provider, op, receivedAt, batchId, rowNo } = version;
  return { provider, op, version: version.version, receivedAt, batchId, rowNo };
}

/** The statement that leads a record now; `null` where there is no such record or its link is undone. */
export async function findLeading(db: Queryable, recordId: Id): Promise<StatementVersion | null> {
  const subjectId = await locate(db, recordId);
  if (subjectId === undefined || subjectId === null) return null;
  return leadingStatement(await readVersions(db, [{ subjectId, recordId }]));
}

/** Reads `--as-of D` and `--known-at T` as a person writes them: days, or instants with offset. */
export function readTimes(
  texts: { readonly asOf?: string | undefined; readonly knownAt?: string | undefined },
  today: Day,
  instantOf: (text: string) => Instant | null,
): Result<{ asOf: Day; knownAt: Instant | null }> {
  const asOf = texts.asOf === undefined ? today : parseDay(texts.asOf);
  if (asOf === null) return refuse('records.bad-day', { text: texts.asOf ?? '' });
  if (texts.knownAt === undefined) return ok({ asOf, knownAt: null });
  const knownAt = instantOf(texts.knownAt);
  if (knownAt === null) return refuse('records.bad-instant', { text: texts.knownAt });
  return ok({ asOf, knownAt });
}
