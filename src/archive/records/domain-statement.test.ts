/** From statements and what befell a decision to the facts windows are worked out from. */
import { describe, expect, test } from 'vitest';
import { type Instant, day } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { rulebookOf, viewAt, withSample } from '../../../tests/windows/rulebooks.ts';
import type { ItemFacts } from './domain.ts';
import {
  type DecisionAct,
  type RecordParts,
  type StatementVersion,
  leadingStatement,
  recordFacts,
} from './domain-statement.ts';

const law = viewAt(rulebookOf(withSample, true), '320100');
const item: ItemFacts = law.itemFacts('penalty')!;
const id = (last: string) => `00000000-0000-7000-8000-00000000000${last}` as Id;
const authority = '11320000MAXX00001A';

const version: StatementVersion = {
  item: 'penalty',
  standard: 'cf-legal@2019',
  provider: authority,
  rowVersion: null,
  op: 'I',
  authorityCode: authority,
  authorityName: null,
  documentNumber: '样罚决字〔2026〕第8号',
  decisionKey: id('9'),
  decidedOn: day('2026-05-10'),
  validFrom: null,
  validUntil: null,
  publicUntil: null,
  endedOn: null,
  kinds: ['REVOKE_PERMIT', 'FINE'],
  fineFen: '1000000',
  confiscatedFen: null,
  facts: {
    kinds: ['REVOKE_PERMIT', 'CONFISCATE_GOODS', 'FINE'],
    procedure: 'ordinary',
    reportedClass: 'serious',
    fineFen: 1_000_000,
  },
  values: {},
  contentDigest: '',
  heldShow: [],
  subjectId: id('1'),
  recordId: id('2'),
  statementId: id('3'),
  version: 1,
  batchId: id('b'),
  rowNo: 1,
  receivedAt: '2026-05-15T02:00:00.000Z' as Instant,
  recordedAt: '2026-05-15T02:00:01.000Z' as Instant,
};

function factsWith(parts: Partial<RecordParts>) {
  const facts = recordFacts({
    versions: [version],
    marks: [],
    decisionActs: [],
    subjectUscc: 'MBXX-SAMPLE',
    item,
    place: '320100',
    sector: 'transport',
    standardOf: law.standardOf,
    ...parts,
  });
  if (facts === null) throw new Error('a record without a statement');
  return facts;
}
const partly = (on: string, detail: DecisionAct['detail']): DecisionAct => ({
  kind: 'partly-annulled',
  effectiveOn: day(on),
  detail,
});

describe('a decision annulled in part', () => {
  test('leaves the kinds that remain, and the mark put on the whole no longer counts', () => {
    const [change] = factsWith({
      decisionActs: [partly('2026-08-03', { remainingKinds: ['FINE'] })],
    }).changes;
    expect(change?.from).toBe('2026-08-03');
    expect(change?.classFacts).toMatchObject({ kinds: ['FINE'], reportedClass: null });
  });

  test('twice leaves what both left: a later act on the fine does not bring the revocation back', () => {
    const { changes } = factsWith({
      decisionActs: [
        partly('2026-10-09', { remainingFineFen: 500_000 }),
        partly('2026-08-03', { remainingKinds: ['CONFISCATE_GOODS', 'FINE'] }),
      ],
    });
    expect(changes.map(({ from }) => from)).toEqual(['2026-08-03', '2026-10-09']);
    expect(changes[1]?.classFacts).toMatchObject({
      kinds: ['CONFISCATE_GOODS', 'FINE'],
      fineFen: 500_000,
    });
  });

  test('reaches only the parties it names', () => {
    const act = partly('2026-08-03', { remainingKinds: ['FINE'], parties: ['MBXX-OTHER'] });
    expect(factsWith({ decisionActs: [act] }).changes).toEqual([]);
    const named = partly('2026-08-03', { remainingKinds: ['FINE'], parties: ['MBXX-SAMPLE'] });
    expect(factsWith({ decisionActs: [named] }).changes).toHaveLength(1);
    // A record whose subject has no code yet cannot be one of the named.
    expect(factsWith({ decisionActs: [named], subjectUscc: null }).changes).toEqual([]);
  });
});

describe('what a source does later', () => {
  const later = (op: StatementVersion['op'], at: string, more: Partial<StatementVersion> = {}) => ({
    ...version,
    op,
    version: 2,
    receivedAt: at as Instant,
    recordedAt: at as Instant,
    ...more,
  });

  test('a withdrawal ends the display only, from the day it arrived in China', () => {
    // 17:30 in Greenwich is the next day in UTC+8.
    const versions = [version, later('W', '2026-07-01T17:30:00.000Z')];
    expect(factsWith({ versions }).closures).toEqual([
      expect.objectContaining({ channels: ['show'], from: '2026-07-02', to: null }),
    ]);
  });

  test('a deletion shuts every channel, but not while another source still says the same', () => {
    const gone = [version, later('D', '2026-07-01T02:00:00.000Z')];
    expect(factsWith({ versions: gone }).closures).toEqual([
      expect.objectContaining({ channels: ['show', 'share', 'use', 'report'], from: '2026-07-01' }),
    ]);
    const other = { ...version, statementId: id('4'), provider: '11320100MAXX00002B' };
    expect(factsWith({ versions: [...gone, other] }).closures).toEqual([]);
  });

  test('a correction never moves the day of first receipt', () => {
    const versions = [later('U', '2026-09-01T02:00:00.000Z'), version];
    expect(factsWith({ versions }).receivedOn).toBe('2026-05-15');
  });

  test('a doubted amount holds the display from the beginning until the day it was cleared', () => {
    const held = { ...version, heldShow: ['C05'] };
    const cleared = {
      kind: 'show-cleared' as const,
      effectiveOn: day('2026-06-10'),
      detail: { rule: 'C05' },
    };
    const closure = { channels: ['show'], from: null, reason: 'amount-unconfirmed' };
    expect(factsWith({ versions: [held] }).closures).toEqual([
      expect.objectContaining({ ...closure, to: null }),
    ]);
    expect(factsWith({ versions: [held], marks: [cleared] }).closures).toEqual([
      expect.objectContaining({ ...closure, to: '2026-06-10' }),
    ]);
    const another = { ...cleared, detail: { rule: 'C04' } };
    expect(factsWith({ versions: [held], marks: [another] }).closures[0]?.to).toBeNull();
  });
});

describe('the leading statement', () => {
  const early = {
    ...version,
    statementId: id('4'),
    provider: '11320100MAXX00002B',
    receivedAt: '2026-05-11T02:00:00.000Z' as Instant,
  };

  test("is the determining authority's own, however late it came", () => {
    expect(leadingStatement([early, version])?.statementId).toBe(version.statementId);
  });

  test('is the first received where the authority itself said nothing', () => {
    const second = { ...early, statementId: id('5'), receivedAt: version.receivedAt };
    expect(leadingStatement([second, early])?.statementId).toBe(early.statementId);
  });

  test('still counts from the first receipt of anybody', () => {
    expect(factsWith({ versions: [early, version] }).receivedOn).toBe('2026-05-11');
  });
});

test('the day of receipt is the day in UTC+8', () => {
  const receivedAt = '2026-05-14T16:00:00.000Z' as Instant;
  expect(factsWith({ versions: [{ ...version, receivedAt }] }).receivedOn).toBe('2026-05-15');
});
