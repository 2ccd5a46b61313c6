/**
 * The figures of the shipped rulebook: months, clocks and limits as their texts give them, marks of
 * doubt where nobody read the text, and positions that check one another.
 */
import { describe, expect, it } from 'vitest';
import type { ChannelRow } from '../src/kernel/rulebook/terms.ts';
import { documentNamed, documentsOf } from './rulebook-files.ts';

const regimes = documentsOf('regime');
const classStandards = documentsOf('classes');
const limits = documentsOf('limits');

describe('figures of the penalty regimes', () => {
  /** Months to the maximum, the clock's start and the minimum of the class's last row without `only`. */
  function shown(id: string, wanted: string): readonly unknown[] {
    const rows: readonly ChannelRow[] = documentNamed('regime', id).channels.show ?? [];
    const row = rows.find((item) => item.class === wanted && item.only === undefined)!;
    const bound = row.ends.find((end) => 'after' in end);
    if (row.opens === 'never' || bound === undefined || !('after' in bound)) return [row.opens];
    return [bound.after.months, bound.after.from, row.minMonths];
  }

  it.each([
    ['regime/penalty-ndrc-2019-527', 'general', [12, 'determination', 3]],
    ['regime/penalty-ndrc-2019-527', 'serious', [36, 'determination', 6]],
    ['regime/penalty-ndrc-order-58', 'minor', ['never']],
    ['regime/penalty-ndrc-order-58', 'general', [36, 'determination', 3]],
    ['regime/penalty-ndrc-order-58', 'serious', [36, 'determination', 3]],
    ['regime/penalty-ndrc-order-36', 'minor', ['never']],
    ['regime/penalty-ndrc-order-36', 'general', [12, 'determination', 3]],
    ['regime/penalty-ndrc-order-36', 'serious', [36, 'determination', 12]],
    ['regime/penalty-samr-2021', 'minor', [3, 'publicity', undefined]],
    ['regime/penalty-samr-2021', 'general', [36, 'publicity', 6]],
    ['regime/penalty-samr-2021', 'serious', [36, 'publicity', undefined]],
    ['regime/penalty-samr-order-107', 'minor', [3, 'determination', undefined]],
    ['regime/penalty-samr-order-107', 'general', [12, 'determination', 3]],
    ['regime/penalty-samr-order-107', 'serious', [36, 'determination', 12]],
  ])('%s shows %s penalties for the months of its text', (id, wanted, figures) => {
    expect(shown(id, wanted)).toEqual(figures);
  });

  it('a penalty stays in the report without end under every regime', () => {
    for (const regime of regimes.filter(({ families }) => families.includes('penalty'))) {
      for (const row of regime.channels.report ?? []) {
        expect(row.opens, regime.id).toBe('receipt');
        expect(row.ends, regime.id).toEqual([]);
      }
    }
  });

  it('Henan and Zhejiang open use on an evidenced date only', () => {
    for (const id of ['regime/penalty-use-henan', 'regime/penalty-use-zhejiang']) {
      const rows = documentNamed('regime', id).channels.use ?? [];
      expect(rows.at(-1)).toMatchObject({ class: '*', opens: 'evidence', evidence: 'remedy-over' });
    }
  });

  it('no class standard makes a fine alone anything but unknown', () => {
    const mentions = JSON.stringify(classStandards.map(({ rows }) => rows));
    expect(mentions).not.toContain('fineFen');
    expect(mentions).not.toContain('"FINE"');
    for (const standard of classStandards) expect(standard.default.confidence).toBe('unconfirmed');
  });
});

describe('what nobody read says so', () => {
  it.each([
    ['ndrc-order-36', 'integrity'],
    ['ndrc-order-36', 'extend'],
    ['ndrc-order-36', 'litigation'],
    ['ndrc-order-36', 'agencies'],
    ['ndrc-order-36', 'classes-serious-repeat'],
    ['ndrc-order-36', 'classes-general-gain'],
    ['ndrc-order-58', 'minor-not-shown'],
    ['ndrc-order-58', 'annulled'],
    ['samr-order-44', 'term'],
    ['samr-order-44', 'early'],
    ['samr-order-44', 'fraud'],
    ['samr-order-44', 'consequences'],
    ['samr-order-107', 'clock'],
    ['samr-order-107', 'ban'],
    ['samr-order-107', 'classes-serious'],
    ['spc-defaulter-rules-2017', 'removal'],
    ['sta-order-54', 'term'],
    ['state-council-office-2021-52', 'sharing-list'],
    ['state-council-office-2024-15', 'sharing-list'],
    ['report-standard-2022', 'number'],
  ])('%s#%s is unconfirmed', (id, no) => {
    const article = documentNamed('provisions', id).articles.find((item) => item.no === no);
    expect(article?.confidence).toBe('unconfirmed');
  });

  it.each([
    'jiangsu-credit-regulations',
    'catalogue-2022',
    'catalogue-2025',
    'ndrc-order-44-2026',
    'spc-defaulter-rules-2017',
    'double-publicity-standard-2015',
    'double-publicity-standard-2018',
    'double-publicity-standard-2019',
    'gbt-39441-2020',
  ])('%s as a whole is unconfirmed', (id) => {
    expect(documentNamed('provisions', id).confidence).toBe('unconfirmed');
  });

  it('a row or a limit said to be from memory, or without a basis, is unconfirmed', () => {
    const memory = /凭记忆|未核实|未读清|未读到/;
    for (const { id, limits: rows } of limits) {
      for (const row of rows) {
        const doubtful = row.basis.length === 0 || memory.test(row.note ?? '');
        if (doubtful) expect(row.confidence, `${id} ${row.key}`).toBe('unconfirmed');
      }
    }
    for (const regime of regimes) {
      const rows = Object.values(regime.channels).flat();
      for (const row of rows) {
        const doubtful = row.opens !== 'never' && memory.test(row.note ?? '');
        if (doubtful) expect(row.confidence, `${regime.id} ${row.note}`).toBe('unconfirmed');
      }
    }
  });

  it('the parameters the paper leaves open are unconfirmed', () => {
    const row = (key: string) =>
      limits.flatMap((item) => item.limits).filter((item) => item.key === key);
    const open = ['repair.extend', 'repair.extend.mode', 'repair.integrity.block'];
    const lists = ['list.court.extend.min', 'list.court.extend.max', 'list.samr.early'];
    for (const key of [
      ...open,
      ...lists,
      'repair.clock.start.samr',
      'list.samr.term',
      'repair.sync',
    ]) {
      expect(
        row(key).some(({ confidence }) => confidence === 'unconfirmed'),
        key,
      ).toBe(true);
    }
    const order36 = documentNamed('regime', 'regime/penalty-ndrc-order-36');
    expect(order36.ban).toMatchObject({ extends: false, confidence: 'unconfirmed' });
    const order107 = documentNamed('regime', 'regime/penalty-samr-order-107');
    expect(order107.ban).toMatchObject({ extends: true, confidence: 'unconfirmed' });
    for (const item of order107.channels.show!.filter(({ opens }) => opens === 'receipt')) {
      expect(item.confidence).toBe('unconfirmed');
    }
    const permit = documentNamed('regime', 'regime/permit').channels.show![0]!;
    expect(permit).toMatchObject({ confidence: 'unconfirmed', ends: [{ field: 'valid-until' }] });
  });
});

describe('limits', () => {
  it('every key of the starting parameter set is there', () => {
    const keys = new Set(limits.flatMap((item) => item.limits.map(({ key }) => key)));
    const wanted = `repair.minor.max repair.general.min repair.general.max repair.serious.min
      repair.serious.max repair.clock.start repair.accept repair.decide repair.extend repair.total
      repair.crossprov.push repair.integrity.block old.o58.min old.o58.max old.o58.special.min
      publish.licence-penalty publish.samr.same publish.samr.cross.push publish.samr.cross.publish
      withdraw.annulled enterprise.disclosure objection.annotate objection.platform objection.source
      objection.total objection.review list.draft.comment list.samr.term list.samr.early list.wage.term
      list.wage.early list.court.term data.check.answer data.share.unconditional
      data.share.conditional data.share.extend data.share.deliver sme.pay.agency sme.pay.agency.max
      sme.pay.large sme.interest sme.publish sme.complaint.transfer sme.complaint.answer
      sme.complaint.max appeal.reconsider appeal.sue appeal.sue.after-review log.query.keep
      person.adverse.term pia.keep eval.cycle eval.grades eval.sector-cap-on-d env.entry price.red
      price.black`;
    expect(wanted.split(/\s+/).filter((key) => !keys.has(key))).toEqual([]);
  });

  it('a key stands once in a file', () => {
    for (const item of limits) {
      const keys = item.limits.map(({ key }) => key);
      expect(new Set(keys).size, item.id).toBe(keys.length);
    }
  });
});

describe('positions', () => {
  const positions = documentNamed('roles', 'roles').positions;
  const holders = (permission: string) =>
    positions.filter(({ permissions }) => permissions.includes(permission)).map(({ code }) => code);

  it('all positions are there', () => {
    expect(positions.map(({ code }) => code)).toEqual(
      `system data-clerk data-reviewer centre-officer centre-reviewer rulebook-officer
      rulebook-approver case-officer case-reviewer system-administrator security-administrator
      audit-administrator auditor`.split(/\s+/),
    );
  });

  it.each([
    ['rulebook:propose', 'rulebook:approve'],
    ['link:propose', 'link:confirm'],
    ['collection:collect', 'collection:release'],
    ['double-publicity:prepare', 'double-publicity:release'],
    ['repair:handle', 'repair:decide'],
    ['lists:prepare', 'lists:decide'],
    ['accounts:create', 'audit:read'],
    ['system:configure', 'accounts:create'],
  ])('nobody holds both %s and %s', (one, other) => {
    expect(holders(one)).not.toEqual([]);
    expect(holders(other)).not.toEqual([]);
    expect(holders(one).filter((code) => holders(other).includes(code))).toEqual([]);
  });
});
