import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolve } from 'node:path';
import { makeRulebook } from '../../kernel/rulebook/rulebook.ts';
import { loadFiles } from '../../law/rulebook/index.ts';
import { addWorkdays, workdaysBetween } from '../../kernel/calendar.ts';
import { type Instant, addDays, day } from '../../kernel/day.ts';
import { calendarOf } from '../../kernel/rulebook/tables.ts';
import { type Allowance, countsOf, timelinessOf } from './domain.ts';
import { entryState, ledgerColumns, ledgerEntry, matchParties } from './domain-ledger.ts';

const root = resolve(import.meta.dirname, '../../..');
const loaded = await loadFiles([resolve(root, 'rulebook')], '2019-01-01T00:00:00.000Z' as Instant, [
  'calendar',
]);
const calendar = calendarOf(makeRulebook(loaded.editions));
const seven: Allowance = {
  limit: 7,
  dueOf: (decided) => addWorkdays(calendar, decided, 7).due,
  workdays: (decided, received) => workdaysBetween(calendar, decided, received),
};
const today = day('2026-12-31');
const one = (decidedOn: string, receivedOn: string | null) =>
  timelinessOf(
    [
      {
        decidedOn: day(decidedOn),
        receivedOn: receivedOn === null ? null : day(receivedOn),
        keys: 1,
      },
    ],
    seven,
    today,
  );

describe('seven working days', () => {
  it('begin on the day after the decision, and the seventh is still in time', () => {
    // 2026-03-02 is a Monday without holidays near: the seventh working day is Wednesday of next week.
    expect(one('2026-03-02', '2026-03-11')).toMatchObject({ inTime: 1, late: 0 });
    expect(one('2026-03-02', '2026-03-12')).toMatchObject({ inTime: 0, late: 1 });
  });

  it('step over the National Day holiday of 2025 and count the Saturday worked for it', () => {
    // 1 to 8 October are off; Saturday 11 October is worked.
    expect(seven.dueOf(day('2025-09-30'))).toBe('2025-10-16');
    expect(one('2025-09-30', '2025-10-16')).toMatchObject({ inTime: 1 });
    expect(one('2025-09-30', '2025-10-17')).toMatchObject({ late: 1 });
  });

  it('let a decision that was only ever rejected be late when its last day is over, never in time', () => {
    expect(one('2026-03-02', null)).toMatchObject({ inTime: 0, late: 1, rejectedOverdue: 1 });
    const open = timelinessOf(
      [{ decidedOn: day('2026-03-02'), receivedOn: null, keys: 3 }],
      seven,
      day('2026-03-11'),
    );
    expect(open).toMatchObject({ received: 3, late: 0, rejected: 3, rate: 0 });
  });

  it('say nothing of a month without decisions, and nothing where no limit is set', () => {
    expect(timelinessOf([], seven, today).rate).toBeNull();
    const group = { decidedOn: day('2026-03-02'), receivedOn: day('2026-09-01'), keys: 1 };
    expect(timelinessOf([group], null, today)).toMatchObject({ received: 1, rate: null, late: 0 });
  });

  const groups = fc.array(
    fc.record({
      decided: fc.integer({ min: 0, max: 700 }),
      after: fc.option(fc.integer({ min: 0, max: 40 })),
      keys: fc.integer({ min: 1, max: 50 }),
    }),
  );

  it('put every decision in one place, and an earlier receipt never makes the rate worse', () => {
    fc.assert(
      fc.property(groups, (made) => {
        const at = made.map(({ decided, after, keys }) => {
          const decidedOn = addDays(day('2024-06-01'), decided);
          return { decidedOn, receivedOn: after === null ? null : addDays(decidedOn, after), keys };
        });
        const told = timelinessOf(at, seven, today);
        expect(told.inTime + told.late + told.rejected - told.rejectedOverdue).toBe(told.received);
        const earlier = at.map((group) => ({ ...group, receivedOn: group.decidedOn }));
        expect(timelinessOf(earlier, seven, today).rate ?? 1).toBeGreaterThanOrEqual(
          told.rate ?? 0,
        );
      }),
    );
  });
});

describe('counts of a month', () => {
  const group = { decidedOn: day('2026-03-02'), receivedOn: day('2026-03-03'), keys: 36 };
  const declared = { produced: 40, published: 39, notReported: 3, ground: '保守国家秘密法' };

  it('tell what is missing, and how much of it is left out on a declared ground', () => {
    expect(countsOf([group], declared)).toMatchObject({ reported: 36, missing: 4, omitted: 1 });
  });

  it('excuse nothing without a ground', () => {
    expect(countsOf([group], { ...declared, ground: null })).toMatchObject({ omitted: 4 });
  });

  it('take silence for silence: nothing is missing or complete where nothing was declared', () => {
    const silent = { produced: null, published: null, notReported: null, ground: null };
    expect(countsOf([group], silent)).toMatchObject({ missing: null, omitted: null });
  });

  it('do not count what was only ever rejected as held here', () => {
    const rejected = { ...group, receivedOn: null, keys: 2 };
    expect(countsOf([group, rejected], declared)).toMatchObject({ reported: 38, held: 36 });
  });
});

describe('a list from outside', () => {
  const heading = ['序号', '行政处罚决定书文号', '行政相对人名称', '处罚决定日期', '网址'];
  const columns = ledgerColumns(heading);
  const read = (cells: readonly string[]) => {
    if (!('number' in columns)) throw new Error('no columns');
    return ledgerEntry(2, cells, columns, new Map());
  };

  it('is read by its heading, in any order and any way to write a day', () => {
    const entry = read([
      '1',
      '样罚[2026]1号',
      '样例市样例食品有限公司',
      '2026年3月2日',
      'https://a.example/1',
    ]);
    const other = read(['2', '样罚〔2026〕1号', '样例市样例食品有限公司 ', '2026/03/02', '无']);
    expect(entry).toMatchObject({ decidedOn: '2026-03-02', address: 'https://a.example/1' });
    expect(other).toMatchObject({ documentKey: entry!.documentKey, partyKey: entry!.partyKey });
    expect(other!.address).toBeNull();
  });

  it('says which columns it lacks', () => {
    expect(ledgerColumns(['序号', '网址'])).toEqual(['决定书文号', '行政相对人', '决定日期']);
  });

  it('keeps no party that may be a person, and no row without number or day', () => {
    expect(read(['1', '样罚〔2026〕1号', '样小例', '2026-03-02', ''])).toBeNull();
    expect(read(['1', '', '样例市样例食品有限公司', '2026-03-02', ''])).toBeNull();
    expect(read(['1', '样罚〔2026〕1号', '样例市样例食品有限公司', '2026-02-30', ''])).toBeNull();
  });
});

describe('reconciliation', () => {
  const here = (recordId: string, ...nameKeys: string[]) => ({ decision: 'd', recordId, nameKeys });

  it('finds a party by any name it bore', () => {
    const [hit] = matchParties(
      [{ partyKey: '旧名' }, { partyKey: '别人' }],
      [here('r', '新名', '旧名')],
    );
    expect(hit?.recordId).toBe('r');
  });

  it('does not take one party of a joint decision for another', () => {
    const told = matchParties([{ partyKey: '甲' }, { partyKey: '乙' }], [here('r', '甲')]);
    expect(told.map((hit) => hit?.recordId ?? null)).toEqual(['r', null]);
  });

  it('takes a decision about one party for the same one though its name is written otherwise', () => {
    expect(matchParties([{ partyKey: '甲公司' }], [here('r', '甲有限公司')])[0]?.recordId).toBe(
      'r',
    );
  });

  it('never says concealed by itself, and forgets a finding about what has come', () => {
    expect(entryState(false, false, null)).toBe('omitted');
    expect(entryState(false, false, 'concealed')).toBe('concealed');
    expect(entryState(true, false, 'concealed')).toBe('here');
    expect(entryState(false, true, 'concealed')).toBe('waiting');
  });
});
