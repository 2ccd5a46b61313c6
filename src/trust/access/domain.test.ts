import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, type Instant, addDays, day } from '../../kernel/day.ts';
import { type Document, documentSchema } from '../../kernel/rulebook/document.ts';
import { makeRulebook } from '../../kernel/rulebook/rulebook.ts';
import type { Reach } from '../../kernel/rulebook/purposes.ts';
import { type Permit, deferralOf, isWithin, permitFor, purposesOn, seenOf } from './domain.ts';
import { hourOf, isBetween, signsOf } from './domain-unusual.ts';

const header = (id: string, more: object) => ({
  ...{ id, edition: '1', title: id, titleEn: id, layer: 'nation', jurisdiction: 'CN' },
  ...{ validFrom: '2020-01-01', validTo: null, authority: 'x', citation: [], status: 'in-force' },
  ...{ supersedes: null, confidence: 'confirmed', sources: [], ...more },
});
const law = (more: object = {}) =>
  header('law', {
    ...{ kind: 'provisions', level: 'law', number: null },
    articles: [{ no: '1', cite: '第一条', gist: 'x', confidence: 'confirmed', ...more }],
  });
const purposes = (more: object = {}, ofEdition: object = {}) =>
  header('purposes', {
    kind: 'purposes',
    purposes: [
      {
        ...{ code: 'check', name: '核查', nameEn: 'check', basis: ['law#1'], matter: '编号' },
        allow: [
          { positions: ['clerk'], records: 'own' },
          { positions: ['officer'], records: 'region' },
        ],
        ...{ fields: ['public'], channels: ['share'], perDay: 3, ...more },
      },
    ],
    ...ofEdition,
  });
const on = day('2026-06-01');
const lawOn = (documents: readonly object[], place = '320100', today: Day = on) => ({
  rulebook: makeRulebook(
    documents.map((given) => ({
      document: documentSchema.parse(given) as Document,
      digest: '',
      recordedAt: '2026-01-01T00:00:00.000Z' as Instant,
    })),
  ),
  ...{ on: today, place },
});
const reader = { account: 'a-1', unit: 'U1', positions: ['clerk'] };
const wanted = { purpose: 'check', matter: '2026-1' };

describe('a purpose', () => {
  it('opens nothing without a provision in force on that day in that place', () => {
    const cases: readonly [string, object, boolean][] = [
      ['in force', {}, true],
      ['not yet', { validFrom: '2026-06-02' }, false],
      ['ended', { validTo: '2026-05-31' }, false],
      ['unconfirmed', { confidence: 'unconfirmed' }, false],
    ];
    for (const [name, article, opens] of cases) {
      const found = permitFor(lawOn([law(article), purposes()]), reader, wanted);
      expect([name, found.ok ? 'open' : found.refusal.code]).toEqual([
        name,
        opens ? 'open' : 'access.no-basis',
      ]);
    }
    const elsewhere = { ...law(), jurisdiction: '330000', layer: 'province' };
    expect(permitFor(lawOn([elsewhere, purposes()]), reader, wanted)).toMatchObject({
      refusal: { code: 'access.no-basis' },
    });
  });

  it('is open to the positions it names only, with the matter named, and no person’s number in it', () => {
    const known = lawOn([law(), purposes()]);
    const codeOf = (found: ReturnType<typeof permitFor>) => (found.ok ? null : found.refusal.code);
    expect(codeOf(permitFor(known, { ...reader, positions: ['mayor'] }, wanted))).toBe(
      'access.not-your-purpose',
    );
    expect(codeOf(permitFor(known, reader, { ...wanted, purpose: 'x' }))).toBe(
      'access.no-such-purpose',
    );
    expect(codeOf(permitFor(known, reader, { ...wanted, matter: ' ' }))).toBe(
      'access.matter-needed',
    );
    expect(
      codeOf(permitFor(known, reader, { ...wanted, matter: '身份证11010519491231002X' })),
    ).toBe('access.matter-personal');
    expect(codeOf(permitFor(known, reader, { ...wanted, matter: 'x'.repeat(81) }))).toBe(
      'access.matter-too-long',
    );
    expect(permitFor(known, reader, wanted)).toMatchObject({
      value: { provision: 'law#1', reach: 'own', matter: '2026-1' },
    });
  });

  it('reaches as far as the farthest of several positions, and is acted on in that one', () => {
    const both = { ...reader, positions: ['clerk', 'officer'] };
    expect(permitFor(lawOn([law(), purposes()]), both, wanted)).toMatchObject({
      value: { reach: 'region', actor: { position: 'officer' } },
    });
  });

  it('of a lower layer takes the place of the upper one’s, there and nowhere else', () => {
    const city = purposes(
      { perDay: 1 },
      { id: 'purposes/city', layer: 'city', jurisdiction: '320100' },
    );
    const documents = [law(), purposes(), city];
    const perDay = (place: string) =>
      purposesOn(lawOn(documents, place)).map(({ purpose }) => purpose.perDay);
    expect(perDay('320100')).toEqual([1]);
    expect(perDay('320200')).toEqual([3]);
  });
});

describe('a record', () => {
  const regions: Readonly<Record<string, string>> = {
    ...{ U1: '320100', U2: '320102', U3: '320200', U4: '320102' },
  };
  const regionOf = (unit: string) => regions[unit] ?? null;
  const open = { show: false, share: true, use: false, report: false };
  const permitOf = (unit: string, reach: Reach, channels: Permit['purpose']['channels'] = 'any') =>
    ({ reach, purpose: { channels }, actor: { unit } }) as unknown as Permit;

  it('is within reach of its own unit, of units whose region holds it, or of all: a table', () => {
    const table: readonly [string, Reach, string, boolean][] = [
      ['U1', 'own', 'U1', true],
      ['U1', 'own', 'U2', false],
      ['U1', 'region', 'U2', true],
      ['U2', 'region', 'U1', false],
      ['U2', 'region', 'U4', true],
      ['U1', 'region', 'U3', false],
      ['U1', 'all', 'U3', true],
      ['unknown', 'region', 'U1', false],
      ['unknown', 'region', 'unknown', true],
      ['U1', 'region', 'unknown', false],
    ];
    for (const [unit, reach, of, within] of table) {
      const found = isWithin(permitOf(unit, reach), { units: [of], open }, regionOf);
      expect([unit, reach, of, found]).toEqual([unit, reach, of, within]);
    }
  });

  it('is read only while a channel of the purpose is open', () => {
    const record = { units: ['U1'], open };
    expect(isWithin(permitOf('U1', 'all', ['share']), record, regionOf)).toBe(true);
    expect(isWithin(permitOf('U1', 'all', ['use', 'show']), record, regionOf)).toBe(false);
    expect(isWithin(permitOf('U1', 'own', ['use']), record, regionOf)).toBe(false);
  });

  it('reached under a narrower reach is reached under every wider one', () => {
    const unit = fc.constantFrom('U1', 'U2', 'U3', 'U4', 'unknown');
    fc.assert(
      fc.property(unit, fc.uniqueArray(unit, { minLength: 1 }), (own, units) => {
        const within = (['own', 'region', 'all'] as const).map((reach) =>
          isWithin(permitOf(own, reach), { units, open }, regionOf),
        );
        expect(within).toEqual([...within].sort((a, b) => Number(a) - Number(b)));
      }),
    );
  });
});

describe('telling later', () => {
  const deferrable = purposes({ deferral: { basis: ['law#1'], daysMost: 30 } });
  const asked = { ...wanted, provision: 'law#1', toldFrom: addDays(on, 30) };
  const codeOf = (documents: readonly object[], more: Partial<typeof asked> = {}) => {
    const found = deferralOf(lawOn(documents), reader, { ...asked, ...more });
    return found.ok ? 'deferred' : found.refusal.code;
  };

  it('needs a purpose that allows it, its own ground, and a day within its limit', () => {
    const known = [law(), deferrable];
    expect(codeOf(known)).toBe('deferred');
    expect(codeOf([law(), purposes()])).toBe('access.not-deferrable');
    expect(codeOf(known, { provision: 'law' })).toBe('access.no-ground');
    expect(codeOf(known, { toldFrom: addDays(on, 31) })).toBe('access.deferred-too-long');
    expect(codeOf(known, { toldFrom: on })).toBe('access.deferred-to-the-past');
  });

  it('has no ground once the provision it rests on is not in force', () => {
    const other = { ...law(), id: 'other' };
    const twoGrounds = purposes({
      ...{ basis: ['other#1'], deferral: { basis: ['law#1'], daysMost: 30 } },
    });
    expect(codeOf([law({ validTo: '2026-05-31' }), other, twoGrounds])).toBe('access.no-ground');
    expect(codeOf([law(), other, twoGrounds])).toBe('deferred');
  });
});

describe('what was read', () => {
  it('is gathered by item, fields once and in order', () => {
    expect(
      seenOf([
        { item: 'penalty', fields: ['B', 'A'] },
        { item: 'permit', fields: [] },
        { item: 'penalty', fields: ['A', 'C'] },
      ]),
    ).toEqual({
      penalty: { records: 2, fields: ['A', 'B', 'C'] },
      permit: { records: 1, fields: [] },
    });
  });
});

describe('unusual reading', () => {
  const figures: Readonly<Record<string, number>> = {
    ...{ least: 20, times: 4, 'night-from': 22, 'night-to': 6, 'night-most': 5, 'matter-most': 10 },
  };
  const figure = (key: string) => figures[key]!;
  const usual = {
    ...{ at: '2026-06-01T02:00:00.000Z' as Instant, today: 1, before: [5, 6, 7] },
    ...{ tonight: 0, underMatter: 0 },
  };
  const signs = (more: Partial<typeof usual>) => signsOf({ ...usual, ...more }, { figure });

  it('is many times the usual, but not few', () => {
    expect(signs({ today: 23 })).toEqual([]);
    expect(signs({ today: 24 })).toEqual(['surge']);
    expect(signs({ today: 19, before: [1] })).toEqual([]);
    expect(signs({ today: 20, before: [] })).toEqual(['surge']);
  });

  it('is at night by the hours of the place, or one matter for many subjects', () => {
    const night = '2026-06-01T15:00:00.000Z' as Instant;
    expect(hourOf(night)).toBe(23);
    expect(signs({ at: night, tonight: 6 })).toEqual(['night']);
    expect(signs({ at: night, tonight: 5 })).toEqual([]);
    expect(signs({ tonight: 6 })).toEqual([]);
    expect(signs({ underMatter: 11 })).toEqual(['one-matter']);
  });

  it('knows the hours between two, around midnight or not', () => {
    fc.assert(
      fc.property(fc.nat(23), fc.nat(23), fc.nat(23), (hour, from, to) => {
        const hours = new Set<number>();
        for (let at = from; at !== to; at = (at + 1) % 24) hours.add(at);
        expect(isBetween(hour, from, to)).toBe(hours.has(hour));
      }),
    );
  });
});
