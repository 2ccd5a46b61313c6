/**
 * 陈述: what one provider says under one key, and how a record's facts follow from its statements,
 * its marks and what befell its decision. Pure.
 */
import { hash } from 'node:crypto';
import type { Day, Instant } from '../../kernel/day.ts';
import { dayOf } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Facts } from '../../kernel/rules.ts';
import type { FieldRole, Standard } from '../../kernel/rulebook/standards.ts';
import type { Closure, DateName, Dated, ItemFacts, RecordFacts } from './domain.ts';
import { channels } from './domain.ts';

/** Operations of a delivered row; `M` is ours: the statement moved to another subject. */
export type Operation = 'I' | 'U' | 'W' | 'D' | 'M';

/** A checked row made ready for storing. All text is normalised and redacted; amounts are 分 as text. */
export type PreparedStatement = {
  readonly item: string;
  readonly standard: string;
  readonly provider: string;
  readonly sourceKey: Id;
  readonly rowVersion: string | null;
  readonly op: Exclude<Operation, 'M'>;
  readonly authorityCode: string | null;
  readonly authorityName: string | null;
  readonly documentNumber: string | null;
  /** Digest of (authority, canonical number, decision date); `null` for rows without a number. */
  readonly decisionKey: Id | null;
  readonly decidedOn: Day | null;
  readonly validFrom: Day | null;
  readonly validUntil: Day | 'long-term' | null;
  readonly publicUntil: Day | 'long-term' | null;
  readonly endedOn: Day | null;
  readonly kinds: readonly string[];
  readonly fineFen: string | null;
  readonly confiscatedFen: string | null;
  /** Facts the class is resolved from. */
  readonly facts: Facts;
  readonly values: Readonly<Record<string, string>>;
  readonly contentDigest: string;
  /** Rules that keep it unshown until somebody clears them. */
  readonly heldShow: readonly string[];
};

/** A stored version of a statement. */
export type StatementVersion = Omit<PreparedStatement, 'sourceKey' | 'op'> & {
  readonly subjectId: Id;
  readonly recordId: Id;
  readonly statementId: Id;
  readonly version: number;
  readonly op: Operation;
  readonly batchId: Id;
  readonly rowNo: number;
  readonly receivedAt: Instant;
  readonly recordedAt: Instant;
};

/** What a case or an act has said of a record. */
export type Mark = {
  readonly kind: 'show-cleared' | 'erased' | 'remedy-over';
  readonly effectiveOn: Day;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** What befell a decision: annulled whole, or in part (kinds and amounts that remain). */
export type DecisionAct = {
  readonly kind: 'annulled' | 'partly-annulled';
  readonly effectiveOn: Day;
  readonly detail: {
    /** Only these parties' records (unified codes); absent means all. */
    readonly parties?: readonly string[];
    readonly remainingKinds?: readonly string[];
    readonly remainingFineFen?: number;
    readonly document?: string;
  };
};

/** Parts of a key in one fixed order, hashed to 128 bits and written as a UUID. */
export function keyOf(domain: string, parts: readonly (string | null)[]): Id {
  let text = `xinheng/${domain}/v1`;
  for (const part of parts) text += `\0${part ?? '\u0001'}`;
  const hex = hash('sha256', text, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** Everything a record's facts are made from. */
export type RecordParts = {
  /** All stored versions, any order. */
  readonly versions: readonly StatementVersion[];
  readonly marks: readonly Mark[];
  readonly decisionActs: readonly DecisionAct[];
  readonly subjectUscc: string | null;
  readonly item: ItemFacts;
  readonly place: string;
  readonly sector: string | null;
  readonly standardOf: (key: string) => Standard | null;
};

/** Newest version of each statement, oldest statement first. */
export function currentVersions(
  versions: readonly StatementVersion[],
): readonly StatementVersion[] {
  // Nearly every record was told of once.
  if (versions.length <= 1) return versions;
  const newest = new Map<Id, StatementVersion>();
  for (const version of versions) {
    const known = newest.get(version.statementId);
    if (known === undefined || known.version < version.version) {
      newest.set(version.statementId, version);
    }
  }
  return [...newest.values()].sort(
    (a, b) =>
      compare(firstReceipt(versions, a), firstReceipt(versions, b)) ||
      compare(a.statementId, b.statementId),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The first receipt of anything the same statement said, whatever was corrected later. */
export function firstReceipt(versions: readonly StatementVersion[], of: StatementVersion): Instant {
  return versions
    .filter((version) => version.statementId === of.statementId)
    .reduce(
      (first, version) => (version.receivedAt < first ? version.receivedAt : first),
      of.receivedAt,
    );
}

/** Whether a version still says something: not deleted, not moved away. */
export function isLive(version: StatementVersion): boolean {
  return version.op !== 'D' && version.op !== 'M';
}

/**
 * The statement that leads: the determining authority's own, else the one received first; among live
 * ones where there are any. `null` when no statement is left under this subject.
 */
export function leadingStatement(versions: readonly StatementVersion[]): StatementVersion | null {
  const current = currentVersions(versions).filter((version) => version.op !== 'M');
  const live = current.filter(isLive);
  const pool = live.length > 0 ? live : current;
  return pool.find((version) => version.provider === version.authorityCode) ?? pool[0] ?? null;
}

const dateFields: readonly (readonly [DateName, keyof StatementVersion, FieldRole])[] = [
  ['determination', 'decidedOn', 'decided-on'],
  ['valid-from', 'validFrom', 'valid-from'],
  ['valid-until', 'validUntil', 'valid-until'],
  ['public-until', 'publicUntil', 'public-until'],
  ['ended-on', 'endedOn', 'ended-on'],
];

/** Facts of a record for its windows; `null` when every statement has moved away. */
export function recordFacts(parts: RecordParts): RecordFacts | null {
  const leading = leadingStatement(parts.versions);
  if (leading === null) return null;
  const standard = parts.standardOf(leading.standard);
  const dates: Partial<Record<DateName, Dated>> = {};
  for (const [name, field, role] of dateFields) {
    const value = leading[field] as Day | 'long-term' | null;
    if (value !== null) dates[name] = { day: value, source: sourceOf(leading, standard, role) };
  }
  const remedy = parts.marks.find((mark) => mark.kind === 'remedy-over');
  if (remedy !== undefined) {
    dates['remedy-over'] = {
      day: remedy.effectiveOn,
      source: String(remedy.detail['document'] ?? '救济期届满证明'),
    };
  }
  const classFacts = { ...leading.facts, sector: parts.sector };
  return {
    item: parts.item,
    place: parts.place,
    sector: parts.sector,
    receivedOn: dayOf(
      parts.versions.reduce(
        (first, version) => (version.receivedAt < first ? version.receivedAt : first),
        leading.receivedAt,
      ),
    ),
    dates,
    classFacts,
    changes: changesOf(parts, classFacts),
    closures: closuresOf(parts, leading),
  };
}

/** Where a date was read, in words a subject can follow back to the file. */
export function sourceOf(
  version: StatementVersion,
  standard: Standard | null,
  role: FieldRole,
): string {
  const named = standard === null ? role : (namedFields(standard).get(role) ?? role);
  const document = version.documentNumber === null ? '' : `${version.documentNumber}，`;
  return `${document}报送数据${named}，批次${version.batchId.slice(0, 13)}第${version.rowNo}行`;
}

const namedByStandard = new WeakMap<Standard, ReadonlyMap<FieldRole, string>>();

/** The first field of each role as it is named to readers. */
function namedFields(standard: Standard): ReadonlyMap<FieldRole, string> {
  let named = namedByStandard.get(standard);
  if (named === undefined) {
    const found = new Map<FieldRole, string>();
    for (const { role, name, id } of standard.fields) {
      if (role !== undefined && !found.has(role)) found.set(role, `“${name}”（${id}）`);
    }
    namedByStandard.set(standard, found);
    named = found;
  }
  return named;
}

function actsFor(parts: RecordParts): DecisionAct[] {
  return parts.decisionActs.filter(
    (act) =>
      act.detail.parties === undefined ||
      (parts.subjectUscc !== null && act.detail.parties.includes(parts.subjectUscc)),
  );
}

function changesOf(parts: RecordParts, base: Facts): RecordFacts['changes'] {
  if (parts.decisionActs.length === 0) return [];
  // The source's own mark was for the whole decision: what is left is resolved anew, but is no heavier.
  let left: Facts = {
    ...base,
    reportedClass: null,
    classAtMost: base['reportedClass'] ?? null,
  };
  return actsFor(parts)
    .filter((act) => act.kind === 'partly-annulled')
    .sort((a, b) => compare(a.effectiveOn, b.effectiveOn))
    .map((act) => {
      const { remainingKinds, remainingFineFen } = act.detail;
      // Each act takes away from what the one before it left.
      left = {
        ...left,
        ...(remainingKinds === undefined ? {} : { kinds: remainingKinds }),
        ...(remainingFineFen === undefined ? {} : { fineFen: remainingFineFen }),
      };
      return {
        from: act.effectiveOn,
        classFacts: left,
        source: act.detail.document ?? '部分撤销决定',
      };
    });
}

function closuresOf(parts: RecordParts, leading: StatementVersion): Closure[] {
  const closures: Closure[] = [];
  for (const act of actsFor(parts)) {
    if (act.kind === 'annulled') {
      closures.push({
        channels,
        from: act.effectiveOn,
        to: null,
        reason: 'annulled',
        source: act.detail.document ?? '撤销决定',
      });
    }
  }
  const current = currentVersions(parts.versions).filter((version) => version.op !== 'M');
  if (!current.some(isLive)) {
    const last = current.reduce((a, b) => (a.receivedAt > b.receivedAt ? a : b), leading);
    closures.push({
      channels,
      from: dayOf(last.receivedAt),
      to: null,
      reason: 'deleted-by-source',
      source: `来源单位删除，批次${last.batchId.slice(0, 13)}第${last.rowNo}行`,
    });
  }
  if (leading.op === 'W') {
    closures.push({
      channels: ['show'],
      from: dayOf(leading.receivedAt),
      to: null,
      reason: 'withdrawn-by-source',
      source: `来源单位撤回公示，批次${leading.batchId.slice(0, 13)}第${leading.rowNo}行`,
    });
  }
  closures.push(...heldShow(parts, leading));
  if (leading.facts['state'] === 'invalid') {
    closures.push({
      channels: ['show'],
      from: dayOf(leading.receivedAt),
      to: null,
      reason: 'state-invalid',
      source: sourceOf(leading, parts.standardOf(leading.standard), 'state'),
    });
  }
  return closures;
}

/** Rules that keep a record unshown, each until the day it was cleared. */
function heldShow(parts: RecordParts, leading: StatementVersion): Closure[] {
  return leading.heldShow.map((rule) => {
    const cleared = parts.marks.find(
      (mark) => mark.kind === 'show-cleared' && mark.detail['rule'] === rule,
    );
    return {
      channels: ['show'] as const,
      from: null,
      to: cleared?.effectiveOn ?? null,
      reason: rule.startsWith('P') ? ('personal-data' as const) : ('amount-unconfirmed' as const),
      source: `检查规则${rule}，批次${leading.batchId.slice(0, 13)}第${leading.rowNo}行`,
    };
  });
}
