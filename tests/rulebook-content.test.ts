/**
 * The legal content of the shipped rulebook, read as a court or a journalist would: does every pointer
 * lead to a provision, is some rule in force on every day, and does what nobody read say so?
 */
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Day, addDays, day } from '../src/kernel/day.ts';
import { type Family, familySchema } from '../src/kernel/rulebook/directory.ts';
import type { Document } from '../src/kernel/rulebook/document.ts';
import { baselessLevels } from '../src/kernel/rulebook/provisions.ts';
import { isInForce, makeRulebook, reaches, supportOf } from '../src/kernel/rulebook/rulebook.ts';
import type { Channel } from '../src/kernel/rulebook/terms.ts';
import { directoryItems as items, documentNamed, documentsOf, loaded } from './rulebook-files.ts';

const firstDayOfRules = day('2019-07-01');
const lastDayOfRules = day('2027-12-31');

const provisions = documentsOf('provisions');
const regimes = documentsOf('regime');
const classStandards = documentsOf('classes');
const sectors = documentNamed('sectors', 'sectors/sectors').sectors.map(({ code }) => code);
/** `null`: an authority whose sector nobody knows. Filters must still leave it a rule. */
const sectorsAndNone: readonly (string | null)[] = [...sectors, null];

/** Every pointer of a document with the place where it stands. */
function pointersIn(document: Document): { readonly pointer: string; readonly at: string }[] {
  const found: { pointer: string; at: string }[] = [];
  const walk = (value: unknown, path: string, key: string): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        const isPointer = typeof item === 'string' && (key === 'basis' || key === 'citation');
        if (isPointer) found.push({ pointer: item, at: path });
        else walk(item, `${path}[${index}]`, key);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) walk(item, `${path}.${name}`, name);
    }
  };
  walk(document, document.id, '');
  return found;
}

function provisionAt(pointer: string): { readonly found: boolean; readonly plan: boolean } {
  const [id, article] = pointer.split('#');
  const instrument = provisions.find((item) => item.id === id);
  const found =
    instrument !== undefined &&
    (article === undefined || instrument.articles.some(({ no }) => no === article));
  return { found, plan: instrument !== undefined && baselessLevels.includes(instrument.level) };
}

function covers(
  filter: { readonly only?: string[] | undefined; readonly except?: string[] | undefined },
  sector: string | null,
): boolean {
  if (filter.only !== undefined && (sector === null || !filter.only.includes(sector))) return false;
  return filter.except === undefined || sector === null || !filter.except.includes(sector);
}

/** Days of the span, cut where the set of documents in force changes: one day for each stretch. */
function stretches(documents: readonly Document[]): { from: Day; live: readonly Document[] }[] {
  const result: { from: Day; live: readonly Document[] }[] = [];
  let before = '?';
  for (let on = firstDayOfRules; on <= lastDayOfRules; on = addDays(on, 1)) {
    const live = documents.filter((document) => isInForce(document, on));
    const key = live.map((document) => `${document.id}@${document.edition}`).join(' ');
    if (key !== before) result.push({ from: on, live });
    before = key;
  }
  return result;
}

describe('files of the rulebook', () => {
  it('every edition has one name only', () => {
    const names = loaded.map(
      ({ document }) => `${document.kind}:${document.id}@${document.edition}`,
    );
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('an instrument and a directory stand in a file of their own name', () => {
    for (const { file, document } of loaded) {
      if (document.kind !== 'provisions' && document.kind !== 'directory') continue;
      expect(basename(file)).toBe(`${document.id}.yaml`);
    }
  });

  it('two editions of one thing are never in force on the same day', () => {
    for (const { document } of loaded) {
      const others = loaded.filter(
        (other) =>
          other.document !== document &&
          other.document.kind === document.kind &&
          other.document.id === document.id &&
          other.document.validFrom <= (document.validTo ?? lastDayOfRules) &&
          document.validFrom <= (other.document.validTo ?? lastDayOfRules),
      );
      expect(others.map(({ file }) => file)).toEqual([]);
    }
  });

  it('layer and jurisdiction agree', () => {
    for (const { file, document } of loaded) {
      const { layer, jurisdiction } = document;
      const fits =
        layer === 'nation'
          ? jurisdiction === 'CN'
          : layer === 'province'
            ? jurisdiction.endsWith('0000')
            : /^\d{4}00$/.test(jurisdiction) && !jurisdiction.endsWith('0000');
      expect(fits, file).toBe(true);
    }
  });

  it('an article is named once in its instrument', () => {
    for (const instrument of provisions) {
      const numbers = instrument.articles.map(({ no }) => no);
      expect(new Set(numbers).size, instrument.id).toBe(numbers.length);
    }
  });

  it('numbers are whole, so that an edition has a digest; fractions are written as text', () => {
    const fractions: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value === 'number' && !Number.isSafeInteger(value)) fractions.push(path);
      if (typeof value !== 'object' || value === null) return;
      for (const [name, part] of Object.entries(value)) walk(part, `${path}.${name}`);
    };
    for (const { file, document } of loaded) walk(document, file);
    expect(fractions).toEqual([]);
  });

  it('every file says where it was read', () => {
    expect(loaded.filter(({ document }) => document.sources.length === 0)).toEqual([]);
  });
});

describe('pointers', () => {
  it('every pointer in citation and basis leads to a provision', () => {
    const broken = loaded.flatMap(({ file, document }) =>
      pointersIn(document)
        .filter(({ pointer }) => !provisionAt(pointer).found)
        .map(({ pointer, at }) => `${file}: ${at} → ${pointer}`),
    );
    expect(broken).toEqual([]);
  });

  it('nothing rests on a plan, a programme or a press report', () => {
    const resting = loaded.flatMap(({ file, document }) =>
      pointersIn(document)
        .filter(({ pointer }) => provisionAt(pointer).plan)
        .map(({ pointer }) => `${file}: ${pointer}`),
    );
    expect(resting).toEqual([]);
  });

  it('no rule rests on the law of a place it does not belong to', () => {
    const foreign = loaded.flatMap(({ file, document }) =>
      pointersIn(document).flatMap(({ pointer }) => {
        const instrument = provisions.find(({ id }) => id === pointer.split('#')[0]);
        const place = document.jurisdiction;
        const reached = instrument === undefined || reaches(instrument.jurisdiction, place);
        return reached ? [] : [`${file}: ${pointer}`];
      }),
    );
    expect(foreign).toEqual([]);
  });
});

describe('base regimes', () => {
  const bases = regimes.filter(({ combine }) => combine === 'base');
  const national = bases.filter(({ jurisdiction }) => jurisdiction === 'CN');

  it('every family has exactly one governing regime on every day in every sector', () => {
    const faults: string[] = [];
    for (const { from, live } of stretches(national)) {
      for (const family of familySchema.options) {
        for (const sector of sectorsAndNone) {
          const hits = (live as typeof bases).filter(
            (regime) => regime.families.includes(family) && covers(regime.sectors, sector),
          );
          const top = Math.max(...hits.map(({ precedence }) => precedence));
          const first = hits.filter(({ precedence }) => precedence === top);
          if (first.length !== 1) {
            faults.push(
              `${from} ${family} ${sector ?? '-'}: ${first.map(({ id }) => id).join(' ')}`,
            );
          }
        }
      }
    }
    expect(faults).toEqual([]);
  });

  it('penalties have exactly one base regime and one class standard, precedence aside', () => {
    const faults: string[] = [];
    const penalty = [...national, ...classStandards].filter(({ families }) =>
      families.includes('penalty'),
    );
    for (const { from, live } of stretches(penalty)) {
      for (const sector of sectorsAndNone) {
        const hits = (live as typeof penalty).filter(({ sectors: filter }) =>
          covers(filter, sector),
        );
        const kinds = hits.map(({ kind }) => kind).sort();
        if (kinds.join() !== 'classes,regime') {
          faults.push(`${from} ${sector ?? '-'}: ${hits.map(({ id }) => id).join(' ')}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });

  it('every base regime answers for every class in every channel', () => {
    const channels: Channel[] = ['show', 'share', 'use', 'report'];
    for (const regime of bases) {
      for (const channel of channels) {
        const rows = regime.channels[channel] ?? [];
        for (const wanted of ['minor', 'general', 'serious']) {
          const answered = rows.some(
            (row) => row.only === undefined && (row.class === wanted || row.class === '*'),
          );
          expect(answered, `${regime.id} ${channel} ${wanted}`).toBe(true);
        }
      }
    }
  });

  it('sectors named in filters and conditions exist', () => {
    for (const { sectors: filter, id } of [...regimes, ...classStandards]) {
      for (const code of [...(filter.only ?? []), ...(filter.except ?? [])]) {
        expect(sectors, id).toContain(code);
      }
    }
  });

  it('a local overlay only shortens, and no sample rule lies among the real ones', () => {
    for (const { file, document } of loaded) {
      if (document.kind !== 'regime' || document.jurisdiction === 'CN') continue;
      expect(file).not.toContain('sample');
      expect(document.combine, file).toBe('shorten');
    }
  });

  it('transitions and their regimes exist, and only shorten', () => {
    const ids = new Set(regimes.map(({ id }) => id));
    for (const transition of documentsOf('transition')) {
      for (const id of [...transition.from, transition.to]) expect(ids).toContain(id);
      expect(transition.rule).toBe('shorter-of-maxima');
      expect(transition.confidence).toBe('unconfirmed');
      expect(documentNamed('regime', transition.to).validFrom).toBe(transition.since);
    }
  });
});

describe('directory', () => {
  it('an item has a basis of its own or is a draft that cannot be collected', () => {
    for (const item of items) {
      if (item.basis === 'unknown') expect(item.status, item.code).toBe('draft');
      else expect(item.layer, item.code).toBe('nation');
    }
  });

  it('codes and the names people type lead to one item', () => {
    const codes = items.map(({ code }) => code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    for (const place of ['CN', 'jiangsu', 'nanjing', 'suzhou', 'xinxiang']) {
      const here = items.filter(({ directory }) => directory === 'national' || directory === place);
      const names = here.flatMap(({ name, aliases }) => [...new Set([name, ...aliases])]);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });

  it('the core items may be collected out of the box', () => {
    const at = '2019-07-01T00:00:00.000Z' as Parameters<
      typeof makeRulebook
    >[0][number]['recordedAt'];
    const rulebook = makeRulebook(
      loaded.map(({ document }) => ({ document, digest: document.id, recordedAt: at })),
    );
    const core = `base-registration permit penalty summary-penalty compulsion confirmation levy payment
      adjudication compensation reward inspection criminal-judgment abnormal-directory
      severe-list-entry contract`;
    for (const code of core.split(/\s+/)) {
      const item = items.find((other) => other.code === code)!;
      expect(item.status, code).toBe('effective');
      const basis = item.basis === 'unknown' ? [] : item.basis;
      for (const on of ['2024-07-01', '2026-06-01', '2027-12-31']) {
        if (code === 'criminal-judgment' && on < '2025') continue;
        expect(supportOf(rulebook, basis, day(on), '320100'), `${code} ${on}`).not.toBeNull();
      }
    }
  });

  it('no item is about persons, and all thirteen classes are named', () => {
    for (const item of items) expect(item.name).not.toMatch(/自然人|个人|公务员|医务人员|职业人群/);
    const classes = documentNamed('directory', 'national').classes.map(({ no }) => no);
    expect(classes).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(items.some((item) => item.class === 4)).toBe(false);
  });

  it('what only a plan names has no attribute anybody invented', () => {
    for (const item of items.filter(({ layer }) => layer !== 'nation')) {
      const { allowance, frequency, sharing, publicity, retention } = item;
      expect([allowance, frequency, sharing, publicity, retention]).toEqual(
        Array(5).fill('unknown'),
      );
      expect(item.confidence).toBe('unconfirmed');
    }
  });

  it('every family an item belongs to has a regime', () => {
    const families = new Set<Family>(regimes.flatMap((regime) => regime.families));
    for (const item of items) expect(families).toContain(item.family);
  });
});
