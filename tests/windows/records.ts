/** Matters of the independent checker put into the shape the archive keeps, through its own assembly. */
import type { Day, Instant } from '../../src/kernel/day.ts';
import { day, startOfDay } from '../../src/kernel/day.ts';
import type { Id } from '../../src/kernel/ids.ts';
import type { RecordFacts } from '../../src/archive/records/domain.ts';
import {
  type DecisionAct,
  type Mark,
  type StatementVersion,
  recordFacts,
} from '../../src/archive/records/domain-statement.ts';
import type { LawView } from '../../src/archive/records/law-view.ts';
import type { Matter } from '../independent/matter.ts';

const id = (text: string): Id => text as Id;
const provider = '11320000MAXX00001A';

/** Standards matters of some items arrive in; all others come as ordinary penalties. */
const standards: Readonly<Record<string, string>> = {
  permit: 'xk-legal@2019',
  'summary-penalty': 'summary-penalty@2026',
  'severe-list-wage-arrears': 'severe-list-entry@2026',
};

function dayOrLongTerm(text: string | null): Day | 'long-term' | null {
  if (text === null) return null;
  return text >= '2099-12-31' ? 'long-term' : day(text);
}

function version(matter: Matter): StatementVersion {
  const receivedAt = noonOf(matter.received);
  return {
    item: matter.item,
    standard: standards[matter.item] ?? 'cf-legal@2019',
    provider,
    rowVersion: null,
    op: 'I',
    authorityCode: provider,
    authorityName: null,
    documentNumber: '样罚决字〔2026〕第1号',
    decisionKey: id('00000000-0000-7000-8000-000000000009'),
    decidedOn: day(matter.decided),
    validFrom: null,
    validUntil: dayOrLongTerm(matter.validUntil),
    publicUntil: dayOrLongTerm(matter.publicUntil),
    endedOn: matter.ended === null ? null : day(matter.ended),
    kinds: matter.kinds,
    fineFen: null,
    confiscatedFen: null,
    facts: {
      kinds: matter.kinds,
      procedure: matter.procedure,
      reportedClass: matter.marked,
      publicationKind: matter.publication,
    },
    values: {},
    contentDigest: '',
    heldShow: matter.held === null ? [] : ['C05'],
    subjectId: id('00000000-0000-7000-8000-000000000001'),
    recordId: id('00000000-0000-7000-8000-000000000002'),
    statementId: id('00000000-0000-7000-8000-000000000003'),
    version: 1,
    batchId: id('00000000-0000-7000-8000-00000000000b'),
    rowNo: 1,
    receivedAt,
    recordedAt: receivedAt,
  };
}

function noonOf(text: string): Instant {
  return startOfDay(day(text)).replace('T16', 'T20') as Instant;
}

function versionsOf(matter: Matter): StatementVersion[] {
  const versions = [version(matter)];
  const later = [
    ...(matter.withdrawnFrom === null ? [] : [{ op: 'W' as const, on: matter.withdrawnFrom }]),
    ...(matter.deletedFrom === null ? [] : [{ op: 'D' as const, on: matter.deletedFrom }]),
  ];
  for (const { op, on } of later) {
    const receivedAt = noonOf(on);
    versions.push({
      ...versions[0]!,
      op,
      version: versions.length + 1,
      receivedAt,
      recordedAt: receivedAt,
    });
  }
  return versions;
}

function marksOf(matter: Matter): Mark[] {
  const marks: Mark[] = [];
  if (matter.remedyOver !== null) {
    marks.push({
      kind: 'remedy-over',
      effectiveOn: day(matter.remedyOver),
      detail: { document: '复议诉讼期限届满证明' },
    });
  }
  const cleared = matter.held?.cleared ?? null;
  if (cleared !== null) {
    marks.push({ kind: 'show-cleared', effectiveOn: day(cleared), detail: { rule: 'C05' } });
  }
  return marks;
}

function actsOf(matter: Matter): DecisionAct[] {
  const acts: DecisionAct[] = [];
  if (matter.leftAfter !== null) {
    acts.push({
      kind: 'partly-annulled',
      effectiveOn: day(matter.leftAfter.from),
      detail: { remainingKinds: matter.leftAfter.kinds, document: '样行复〔2026〕第2号' },
    });
  }
  if (matter.annulledFrom !== null) {
    acts.push({
      kind: 'annulled',
      effectiveOn: day(matter.annulledFrom),
      detail: { document: '样行复〔2026〕第3号' },
    });
  }
  return acts;
}

/** Facts of the record a matter becomes. Days no standard carries yet are put in by hand. */
export function factsOf(matter: Matter, law: LawView): RecordFacts {
  const item = law.itemFacts(matter.item);
  if (item === null) throw new Error(`no item ${matter.item}`);
  const facts = recordFacts({
    versions: versionsOf(matter),
    marks: marksOf(matter),
    decisionActs: actsOf(matter),
    subjectUscc: null,
    item,
    place: matter.place,
    sector: matter.sector,
    standardOf: law.standardOf,
  });
  if (facts === null) throw new Error('a record without a statement');
  const byHand = (name: string, text: string | null) =>
    text === null ? {} : { [name]: { day: day(text), source: `样例${name}` } };
  return {
    ...facts,
    dates: {
      ...facts.dates,
      ...byHand('publicity', matter.publicised),
      ...byHand('end-of-conduct', matter.conductEnded),
    },
  };
}
