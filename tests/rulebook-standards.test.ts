/**
 * Data standards of the rulebook: what each must hold, and that fields, rules, mappings, headings and
 * docs/checks.md fit one another.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Condition, factsOf } from '../src/kernel/rules.ts';
import { foldHeading, matchHeader } from '../src/kernel/table-header.ts';
import { directoryItems } from './rulebook-files.ts';
import {
  caught,
  collecting,
  keyOf,
  named,
  root,
  rows,
  shared,
  sharedHere,
  standards,
  tables,
} from './standard-files.ts';

/** Columns that may stand beside those of any template; see the note in the file. */
const controlColumns = named('control-columns@2026');

describe('every data standard', () => {
  it('is named like its file, and the twenty-seven expected ones are there', () => {
    expect([...standards.keys()].sort()).toEqual([...standards.values()].map(keyOf).sort());
    expect(standards.size).toBe(27);
  });

  it('gives each role to one field, and says whose row it is', () => {
    for (const standard of collecting) {
      const roles = standard.fields.flatMap((field) => field.role ?? []);
      expect(new Set(roles).size, keyOf(standard)).toBe(roles.length);
      if (standard !== controlColumns) expect(roles, keyOf(standard)).toContain('subject-name');
    }
  });

  it('that may be sent has a subject; the control columns are no template, only added to one', () => {
    expect(controlColumns.fields.map((field) => [field.role, field.required])).toEqual([
      ['source-row-id', 'optional'],
      ['operation', 'optional'],
      ['row-version', 'optional'],
      ...Array.from({ length: 4 }, () => [undefined, 'optional']),
    ]);
    expect(controlColumns.fields.every((field) => field.audience === 'never')).toBe(true);
    const offered = directoryItems.flatMap((item) => item.standards);
    expect(offered).not.toContain(keyOf(controlColumns));
    expect(offered).toContain('cf-legal@2019');
  });

  it('has field ids and headings that mean one field only', () => {
    for (const standard of standards.values()) {
      const meaning = new Map<string, string>();
      for (const field of standard.fields) {
        for (const heading of new Set([field.id, field.name, ...field.headings].map(foldHeading))) {
          const other = meaning.get(heading);
          expect(
            other,
            `${keyOf(standard)}: ${heading} is ${other} and ${field.id}`,
          ).toBeUndefined();
          meaning.set(heading, field.id);
        }
      }
    }
  });

  it('names code tables that exist, and only where the field is a list', () => {
    for (const standard of standards.values()) {
      for (const field of standard.fields) {
        if (field.codeList !== undefined) expect(tables.has(field.codeList)).toBe(true);
        const isList = field.type === 'enum' || field.type === 'enum-list';
        expect(field.codeList !== undefined, `${keyOf(standard)} ${field.id}`).toBe(isList);
      }
    }
  });

  it('gives every amount a unit and every code field a kind', () => {
    for (const standard of standards.values()) {
      for (const field of standard.fields) {
        if (field.type === 'decimal') expect(field.unit, field.id).toBeDefined();
        if (field.type === 'code') expect(field.codeKind, field.id).toBeDefined();
      }
    }
  });

  it('shows nobody the documents of a person, and no representative outside registration data', () => {
    for (const standard of standards.values()) {
      for (const field of standard.fields) {
        const role = field.role ?? '';
        if (/document-(type|number)$/.test(role) && /^(representative|natural)/.test(role)) {
          expect(field.audience, `${keyOf(standard)} ${field.id}`).toBe('never');
        }
        if (role === 'representative-name' && standard.id !== 'base-library') {
          expect(field.audience, `${keyOf(standard)} ${field.id}`).toBe('never');
        }
      }
    }
  });

  it('scans every long text that may be shown', () => {
    for (const standard of collecting.filter((s) => s.id !== 'base-library')) {
      const long = standard.fields.filter((f) => f.type === 'text' && (f.maxLength ?? 0) >= 2000);
      for (const field of long) expect(field.freeText, `${keyOf(standard)} ${field.id}`).toBe(true);
    }
  });
});

describe('every rule', () => {
  const document = readFileSync(join(root, 'docs', 'checks.md'), 'utf8');
  const ticked = new Set([...document.matchAll(/`\{?([A-Za-z0-9-]+)\}?`/g)].map((m) => m[1]!));
  const rules = collecting.flatMap((standard) =>
    standard.rules.map((rule) => ({ standard, rule })),
  );

  it('has an id of its own within its standard, words and advice in Chinese', () => {
    for (const standard of collecting) {
      const ids = standard.rules.map((rule) => rule.id);
      expect(new Set(ids).size, keyOf(standard)).toBe(ids.length);
    }
    for (const { rule } of rules) {
      expect(rule.message).toMatch(/[\u4E00-\u9FFF].*。$/);
      expect(rule.advice).toMatch(/[\u4E00-\u9FFF]/);
    }
  });

  it('looks only at facts and built-in checks that docs/checks.md explains', () => {
    for (const { standard, rule } of rules) {
      const names =
        'violated' in rule.check
          ? factsOf(rule.check.violated)
          : 'builtIn' in rule.check
            ? [rule.check.builtIn]
            : [];
      for (const name of names) {
        expect(ticked.has(name), `${keyOf(standard)} ${rule.id}: ${name}`).toBe(true);
      }
    }
  });

  it('has no word in braces that docs/checks.md does not explain, and none of a person', () => {
    for (const { rule } of rules) {
      for (const match of `${rule.message}${rule.advice}`.matchAll(/\{([^}]*)\}/g)) {
        expect(ticked.has(match[1]!), `${rule.id}: ${match[1]}`).toBe(true);
        expect(match[1]).not.toMatch(/^(representative|natural)/);
      }
    }
  });

  it('is listed in docs/checks.md', () => {
    for (const { rule } of rules) {
      expect(document, rule.id).toMatch(new RegExp(`^\\|[^|]*${rule.id}`, 'm'));
    }
  });

  it('is placed at roles its standard has', () => {
    for (const { standard, rule } of rules) {
      const roles = new Set(standard.fields.map((field) => field.role));
      const placed = 'violated' in rule.check ? rule.fields : [];
      const missing = placed.filter((role) => !roles.has(role));
      expect(missing, `${keyOf(standard)} ${rule.id}`).toEqual([]);
      if ('dateOrder' in rule.check) {
        const { earlier, later } = rule.check.dateOrder;
        expect(roles.has(earlier) && roles.has(later), `${keyOf(standard)} ${rule.id}`).toBe(true);
      }
    }
  });

  it('has the severity the platform gives it', () => {
    const severity = (id: string): string | undefined =>
      named('cf-legal@2019').rules.find((rule) => rule.id === id)?.severity;
    expect(
      Object.fromEntries(
        ['I01', 'I02', 'I03', 'C05', 'P01', 'D02', 'T01', 'P02'].map((id) => [id, severity(id)]),
      ),
    ).toEqual({
      I01: 'hold',
      I02: 'reject',
      I03: 'hold',
      C05: 'close-show',
      P01: 'close-show',
      D02: 'warn',
      T01: 'note',
      P02: 'warn',
    });
    const names = named('cf-legal@2019').rules.find((rule) => rule.id === 'I01');
    expect(names?.nationalCode).toBe('1001');
  });
});

describe('double publicity', () => {
  it('has the columns of each edition: 28 and two of our own, 26, 26 and 24', () => {
    const count = (id: string): number => named(id).fields.length;
    expect(count('cf-legal@2019')).toBe(28 + 2);
    expect(count('cf-legal@2018')).toBe(26);
    expect(count('xk-legal@2019')).toBe(26);
    expect(count('xk-legal@2018')).toBe(24);
    expect(count('cf-natural@2019')).toBe(21);
    expect(count('cf-natural@2018')).toBe(20);
    expect(count('xk-natural@2019')).toBe(19);
    expect(count('xk-natural@2018')).toBe(18);
    const own = named('cf-legal@2019').fields.slice(28);
    expect(own.map((f) => [f.id, f.role, f.required])).toEqual([
      ['CF_CFCX', 'procedure', 'optional'],
      ['CF_SXDJ', 'severity', 'optional'],
    ]);
  });

  it('refuses natural persons as a file, and as a row of the legal template', () => {
    for (const id of ['cf-natural@2018', 'cf-natural@2019', 'xk-natural@2018', 'xk-natural@2019']) {
      expect(named(id).refuse?.code).toBe('collection.natural-person-template');
    }
    expect(caught('cf-legal@2019', { subjectCategory: 'natural-person' })).toContain('C07');
    expect(caught('xk-legal@2015', { naturalDocumentNumber: 'x' })).toContain('C07');
  });

  it('recognises a natural-person heading row as such, not as an incomplete legal one', () => {
    const cells = named('cf-natural@2019').fields.map((field) => field.name);
    const natural = matchHeader(cells, named('cf-natural@2019'));
    const legal = matchHeader(cells, named('cf-legal@2019'));
    expect(natural.matched).toBe(21);
    expect(natural.matched).toBeGreaterThan(legal.matched);
  });

  it('maps older editions onto fields that exist on both sides', () => {
    for (const standard of collecting) {
      for (const mapping of standard.mappings) {
        const from = new Map(named(mapping.from).fields.map((f) => [f.id, f]));
        const here = new Map(standard.fields.map((f) => [f.id, f]));
        for (const [old, now] of Object.entries(mapping.fields)) {
          expect(from.has(old), `${mapping.from} ${old}`).toBe(true);
          expect(here.has(now), `${keyOf(standard)} ${now}`).toBe(true);
          const units = [from.get(old)!.unit, here.get(now)!.unit];
          expect(mapping.units[now] !== undefined, `${old} ${now}`).toBe(units[0] !== units[1]);
        }
        for (const [field, values] of Object.entries(mapping.values)) {
          const list = rows(here.get(field)!.codeList!);
          const allowed = new Set(list.flatMap((row) => [row.code, row.name]));
          for (const value of Object.values(values)) expect(allowed, field).toContain(value);
        }
      }
    }
    expect(named('cf-legal@2019').mappings.map((m) => m.from)).toEqual([
      'cf-legal@2018',
      'cf-legal@2015',
      'backflow-penalty@2022',
    ]);
  });

  it.skipIf(!sharedHere)('reads the columns that real exchanges use', () => {
    const read = (name: string): Record<string, unknown> =>
      JSON.parse(readFileSync(join(shared, 'publicity-formats', name), 'utf8')) as never;
    const ids = (id: string): string[] => named(id).fields.map((f) => f.id);
    const current = read('penalty-columns-current.json')['columns'] as {
      field: string;
      label: string;
    }[];
    const order = current.map((column) => column.field.toUpperCase());
    expect(ids('cf-legal@2019').filter((id) => order.includes(id))).toEqual(order);
    const known = (cells: string[], id: string): string[] =>
      matchHeader(cells, named(id)).unknown.map((u) => u.heading);
    expect(
      known(
        current.map((column) => column.label),
        'cf-legal@2019',
      ),
    ).toEqual([]);
    const penalty2015 = read('penalty-columns-2015.json')['columns'] as typeof current;
    expect(
      known(
        penalty2015.map((c) => c.label),
        'cf-legal@2015',
      ),
    ).toEqual([]);
    expect(
      known(
        penalty2015.map((c) => c.field),
        'cf-legal@2015',
      ),
    ).toEqual([]);
    const permit2015 = read('licence-columns-2015.json');
    expect(known(permit2015['columns'] as string[], 'xk-legal@2015')).toEqual([]);
    expect(known(permit2015['short_names_seen'] as string[], 'xk-legal@2015')).toEqual([]);
    const exported = read('licence-export-header-transport-department.json')['header'] as string[];
    // The combined table adds the document of a natural person and the time of export.
    expect(known(exported, 'xk-legal@2019')).toEqual(['证件类型', '证件号码', '数据导出时间']);
  });

  it.skipIf(!sharedHere)(
    'knows the headings met on government pages by the field they stand for',
    () => {
      const wild = JSON.parse(
        readFileSync(join(shared, 'publicity-formats', 'header-variants-in-the-wild.json'), 'utf8'),
      ) as { penalty: Record<string, string[]> };
      const roles: Record<string, string> = {
        document_number: 'document-number',
        basis: 'basis',
        reason: 'facts',
        party_name: 'subject-name',
        organisation_code: 'subject-organisation-code',
        registration_number: 'subject-registration-number',
        tax_registration_number: 'subject-tax-number',
        result: 'content',
        effective_to: 'valid-until',
        publicity_term: 'public-until',
        authority: 'authority-name',
        status: 'state',
        place_code: 'region',
        updated_at: 'row-version',
      };
      const missed = Object.entries(roles).flatMap(([group, role]) =>
        wild.penalty[group]!.filter((heading) => {
          const [field] = matchHeader([heading], named('cf-legal@2015')).columns;
          return field?.role !== role;
        }),
      );
      expect(missed).toEqual([]);
    },
  );
});

// A condition that code can never meet would be dead letter: every atom's constant is of the type of
// the fact, so that `atLeast` and `below` compare numbers with numbers and days with days.
describe('constants in conditions', () => {
  const numeric = /Fen$|Days$|Count$|Digits$/;
  const check = (condition: Condition): void => {
    if ('all' in condition) condition.all.forEach(check);
    else if ('any' in condition) condition.any.forEach(check);
    else if ('not' in condition) check(condition.not);
    else if ('atLeast' in condition || 'below' in condition) {
      const constant = 'atLeast' in condition ? condition.atLeast : condition.below;
      expect(typeof constant, condition.fact).toBe(
        numeric.test(condition.fact) ? 'number' : 'string',
      );
    }
  };
  it('are numbers for amounts and counts, days for days', () => {
    for (const standard of collecting) {
      for (const { check: shape } of standard.rules) if ('violated' in shape) check(shape.violated);
    }
  });
});
