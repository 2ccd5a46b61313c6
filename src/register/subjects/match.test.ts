import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sharedRows } from '../../../tests/shared-data.ts';
import type { LinkTables } from './domain-link-evidence.ts';
import {
  type MatchLine,
  type MatchRegistry,
  type RegistryRow,
  buildRegistry,
  matchLine,
} from './match.ts';

const variants = '龍龙廣广業业東东興兴發发縣县產产縂总設设寧宁劃划衛卫';
const tables: LinkTables = {
  nullWords: new Set(['无', '/', '-']),
  scriptVariants: new Map(
    [...variants].flatMap((char, i, all) => (i % 2 === 0 ? [[char, all[i + 1]!] as const] : [])),
  ),
  prefixes: new Set(['11', '12', '51', '52', '53', '81', '91', '92', '93']),
};

const row = (name: string, code: string, city = '南京'): RegistryRow => ({
  name,
  code,
  province: '江苏',
  city,
});

describe('matching lines against a registry in memory', () => {
  const registry = buildRegistry(
    [
      row('示例市龙井机械(集团)有限公司', '91320100MAXX000900'),
      row('示例市龙井机械(集团)有限公司', '91320100maxx000900'),
      row('示例市青石建材厂', '320100000012341'),
      row('示例市双碑工具厂', '91320100MAXX003220'),
      row('示例市双碑刃具厂', '91320100MAXX003220'),
      row('示例市无码商店', ''),
    ],
    tables,
  );

  test('exact repeats are one subject, two names under one code are two', () => {
    expect(registry.subjects).toHaveLength(5);
    expect(
      matchLine(registry, { id: '1', code: '91320100MAXX003220', name: '示例市双碑工具厂' }),
    ).toMatchObject({
      outcome: 'review',
      uscc: null,
      candidates: [{ name: '示例市双碑工具厂' }, { name: '示例市双碑刃具厂' }],
    });
  });

  test('the answer names the code the registry keeps', () => {
    expect(matchLine(registry, { id: '1', code: '91320100MAXX000900' })).toEqual({
      id: '1',
      outcome: 'linked',
      uscc: '91320100MAXX000900',
      method: 'uscc',
      candidates: [],
      reasons: [
        { code: 'LINKED_BY_CODE', message: expect.any(String) },
        { code: 'NAME_ABSENT', message: expect.any(String) },
      ],
    });
    const line = { id: '2', name: '示例市青石建材厂', code: '320100000012341' };
    expect(matchLine(registry, line)).toMatchObject({
      outcome: 'linked',
      uscc: '320100000012341',
      method: 'registration-number',
    });
    const named = { id: '3', name: '示例市无码商店', province: '江苏', city: '南京' };
    expect(matchLine(registry, named)).toMatchObject({ outcome: 'linked', uscc: null });
  });

  test('an empty line gives none', () => {
    expect(matchLine(registry, { id: '4' })).toMatchObject({ outcome: 'none', candidates: [] });
  });
});

type Example = {
  kind: string;
  name: string;
  code: string;
  province: string;
  city: string;
  other: string;
};
const examples = sharedRows('org-matching-examples/examples.csv') as Example[] | null;
const parts = ['nanjing', 'xinxiang', 'elsewhere-sample'].map((part) =>
  sharedRows(`org-registry/orgs-${part}.csv`),
);
const rows = parts.includes(null) ? null : (parts.flat() as unknown as RegistryRow[]);

/** Lines a source may send about a real organisation, and what each of them leaves out or spoils. */
function linesAbout(row: RegistryRow): Record<string, MatchLine> {
  const { name, code, province = '', city = '' } = row;
  return {
    'all given': { id: '', name, code, province, city },
    'code and name': { id: '', name, code },
    'code alone': { id: '', code },
    'name and area': { id: '', name, province, city },
    'name and province': { id: '', name, province },
    'name alone': { id: '', name },
    'name, area of another': { id: '', name, province: '西藏', city: '那曲' },
    'code mistyped': { id: '', name, code: mistyped(code), province, city },
    'name retyped': { id: '', name: retyped(name), province, city },
    'unknown code that holds': { id: '', name, code: '91320100MAXX0004XL', province, city },
    'code of a stranger': { id: '', name, code: stranger, province, city },
    placeholder: { id: '', name, code: '00000000000000000X', province, city },
  };
}
const stranger = '91320100MAXX000900';

function mistyped(code: string): string {
  const last = code.at(-1) === '3' ? '4' : '3';
  return code.slice(0, -1) + last;
}

function retyped(name: string): string {
  return ` ${name.replace(/[（(]/g, '[ ').replace(/[）)]/g, ' ]')}\u200B`;
}

type Tally = Record<string, { linked: number; review: number; none: number; wrong: number }>;

function count(
  tally: Tally,
  key: string,
  outcome: 'linked' | 'review' | 'none',
  wrong: boolean,
): void {
  const cell = (tally[key] ??= { linked: 0, review: 0, none: 0, wrong: 0 });
  cell[outcome] += 1;
  if (wrong) cell.wrong += 1;
}

const total = (tally: Tally) => Object.values(tally).reduce((sum, cell) => sum + cell.wrong, 0);

describe.skipIf(examples === null || rows === null)('real names', () => {
  const withStranger = (list: readonly RegistryRow[]) => [
    ...list,
    row('示例市龙井机械(集团)有限公司', stranger),
  ];

  const run = (registry: MatchRegistry, title: string) => {
    const tally: Tally = {};
    const reasons: Record<string, number> = {};
    for (const example of examples!) {
      for (const [what, line] of Object.entries(linesAbout(example))) {
        const answer = matchLine(registry, line);
        const wrong = answer.outcome === 'linked' && answer.uscc !== example.code;
        count(tally, `${example.kind.split('_')[0]} · ${what}`, answer.outcome, wrong);
        for (const { code } of answer.reasons) {
          const key = `${answer.outcome} ${code}`;
          reasons[key] = (reasons[key] ?? 0) + 1;
        }
      }
    }
    console.log(title);
    console.table(tally);
    console.table(reasons);
    expect(total(tally)).toBe(0);
    return tally;
  };

  it('the hard examples against themselves: no wrong link', () => {
    const tally = run(
      buildRegistry(withStranger(examples!), tables),
      'examples against themselves',
    );
    expect(tally['near · all given']!.linked).toBe(60);
    expect(tally['near · name and area']!.linked).toBe(60);
    expect(tally['near · name alone']!.linked).toBe(0);
    expect(tally['near · name, area of another']!.linked).toBe(0);
    expect(tally['embedded · name and area']!.linked).toBe(0);
    expect(tally['embedded · all given']!.linked).toBe(30);
    for (const kind of ['near', 'embedded', 'odd']) {
      expect(tally[`${kind} · code of a stranger`]!.linked).toBe(0);
      expect(tally[`${kind} · unknown code that holds`]!.linked).toBe(0);
    }
  });

  it('the hard examples against the registry of 28,229: no wrong link', () => {
    run(buildRegistry(withStranger([...rows!, ...examples!]), tables), 'examples against registry');
  });

  it('a name whose own organisation is missing never links to the one that resembles it', () => {
    const near = examples!.filter(({ kind }) => kind === 'near_name_different_org');
    const tally: Tally = {};
    for (const example of near) {
      const registry = buildRegistry(
        withStranger(examples!.filter(({ code }) => code !== example.code)),
        tables,
      );
      for (const [what, line] of Object.entries(linesAbout(example))) {
        if (what.startsWith('code')) continue;
        const answer = matchLine(registry, line);
        count(tally, what, answer.outcome, answer.outcome === 'linked');
      }
      // The sibling's code with this name is the classic mistake.
      const sibling = matchLine(registry, { id: '', name: example.name, code: example.other });
      count(tally, "sibling's code", sibling.outcome, sibling.outcome === 'linked');
    }
    console.table(tally);
    expect(total(tally)).toBe(0);
  });

  it('the second of two names in a field never links, whoever bears it', () => {
    for (const example of examples!.filter(({ kind }) => kind.startsWith('embedded_'))) {
      const names = example.other.split(' | ');
      const bearer = row(names[1]!, stranger);
      const registry = buildRegistry([...examples!, { ...bearer, ...areaOf(example) }], tables);
      for (const name of names) {
        const answer = matchLine(registry, { id: '', name, ...areaOf(example) });
        expect([name, answer.outcome]).toEqual([name, 'review']);
        const byCode = matchLine(registry, { id: '', name, code: example.code });
        expect([name, byCode.outcome]).toEqual([name, 'review']);
      }
    }
  });

  it('every organisation of the registry: links are right, and few need a person', () => {
    const registry = buildRegistry(withStranger(rows!), tables);
    const tally: Tally = {};
    // Every row in the plain cases, every fifth in the spoilt ones.
    const always = new Set(['all given', 'code alone', 'name and area', 'name alone']);
    for (const [index, subject] of rows!.entries()) {
      for (const [what, line] of Object.entries(linesAbout(subject))) {
        if (index % 5 !== 0 && !always.has(what)) continue;
        const answer = matchLine(registry, line);
        const wrong = answer.outcome === 'linked' && answer.uscc !== subject.code.toUpperCase();
        count(tally, what, answer.outcome, wrong);
      }
    }
    console.table(tally);
    expect(total(tally)).toBe(0);
    expect(tally['all given']!.linked).toBe(rows!.length);
    expect(tally['name alone']!.linked).toBe(0);
    expect(tally['code and name']!.review).toBe(0);
    expect(tally['code of a stranger']!.linked).toBe(0);
    expect(tally['name and area']!.linked).toBeGreaterThan(rows!.length * 0.97);
  });

  it('a similar organisation added to the registry never makes a link', () => {
    const base = examples!;
    const registry = buildRegistry(base, tables);
    const lookAlike = (name: string) =>
      fc.constantFrom(
        name.replace(/市/, '县'),
        name.replace(/[省市县区]/, ''),
        name.replace('有限公司', '有限责任公司'),
        name.replace(/[（(].*?[）)]/, ''),
        `${name}分公司`,
        name,
      );
    const scenario = fc.nat(base.length - 1).chain((index) =>
      fc.record({
        index: fc.constant(index),
        twin: lookAlike(base[index]!.name),
        what: fc.constantFrom(...Object.keys(linesAbout(base[0]!))),
        sameArea: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(scenario, ({ index, twin, what, sameArea }) => {
        const example = base[index]!;
        const line = linesAbout(example)[what]!;
        const before = matchLine(registry, line);
        const area = sameArea ? areaOf(example) : { province: '西藏', city: '那曲' };
        const extra = { name: twin, code: '91320100MAXX00170K', ...area };
        const after = matchLine(buildRegistry([...base, extra], tables), line);
        if (after.outcome === 'linked') expect(after).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });
});

function areaOf({ province, city }: Example): { province: string; city: string } {
  return { province, city };
}
