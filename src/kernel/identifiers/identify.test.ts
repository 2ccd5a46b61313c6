import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sharedJson, sharedRows, sharedText } from '../../../tests/shared-data.ts';
import { identifierFinding, identifierFindingCodes } from './findings.ts';
import { identify, type IdentifierTables } from './identify.ts';
import { residentIdCheck } from './resident-id.ts';
import { usccAlphabet, usccCheck } from './uscc.ts';

const pairs =
  `11 12 13 19 21 29 31 32 33 34 35 36 39 41 49 51 52 53 54 55 59 61 62 69 71 72 79 81 82 89
  91 92 93 99 A1 A9 G1 G9 J1 J9 N1 N2 N3 N9 Q1 Q2 Q3 Q9 Y1`.split(/\s+/);
const tables: IdentifierTables = {
  prefixes: new Set(pairs),
  nullWords: new Set(['无', '/', '-', '--', '——', '暂无', '不详', '*', 'null', 'undefined']),
  labels: ['统一社会信用代码', '统一社会信用代码：', '信用代码'],
};
const codesOf = (input: string) => identify(input, tables).findings.map((finding) => finding.code);
const verdictOf = (input: string) => identify(input, tables).verdict;

describe('a unified code', () => {
  test('that holds is valid and strict, without remarks', () => {
    expect(identify('91320100748204660Q', tables)).toEqual({
      input: '91320100748204660Q',
      normalised: '91320100748204660Q',
      kind: 'uscc',
      strict: true,
      verdict: 'valid',
      findings: [],
    });
  });

  test.each([
    ['91320100748204660q', 'CODE_LOWER_CASE'],
    ['９１３２０１００７４８２０４６６０Ｑ', 'CODE_FULL_WIDTH'],
    ['91 320100 748204660 Q', 'CODE_INNER_BLANKS'],
    ['91320100\u200B748204660Q', 'CODE_INNER_BLANKS'],
    ['913201007482\u00A004660Q', 'CODE_INNER_BLANKS'],
  ])('%j is strict after folding and says what was folded', (input, code) => {
    expect(identify(input, tables)).toMatchObject({
      normalised: '91320100748204660Q',
      kind: 'uscc',
      strict: true,
      verdict: 'valid-with-warning',
    });
    expect(codesOf(input)).toEqual([code]);
  });

  test('blanks around it are not worth a word', () => {
    expect(verdictOf(' \t91320100748204660Q\r\n\uFEFF')).toBe('valid');
  });

  test.each([
    ['统一社会信用代码：91320100748204660Q', 'CODE_LABEL'],
    ['91320100748204660Q(1/1)', 'CODE_LABEL'],
    ['91320100748204660Q（1/1）', 'CODE_LABEL'],
    ['91-320100-748204660-Q', 'CODE_HYPHENS'],
  ])('%s is readable, but more than case, width and blanks had to go', (input, code) => {
    expect(identify(input, tables)).toMatchObject({
      normalised: '91320100748204660Q',
      strict: false,
      verdict: 'valid-with-warning',
    });
    expect(codesOf(input)).toContain(code);
  });

  test('a ligature ﬀ is not two letters, though Unicode upper case makes FF of it', () => {
    expect(identify('91320100MAXX0FF000', tables).normalised).toBe('91320100MAXX0FF000');
    expect(identify('91320100MAXX0ﬀ000', tables)).toMatchObject({ kind: 'unknown', strict: false });
  });

  test('a dotless ı or a long ſ is not a letter of ours', () => {
    for (const input of ['9132010074820466ıQ', 'ß132010074820466Q', '\u212A1320100748204660']) {
      expect(identify(input, tables).strict).toBe(false);
      expect(verdictOf(input)).toBe('invalid');
    }
  });

  test('of a department the table does not know is admitted with a warning', () => {
    const code = `Z1320100MXX000166`;
    expect(verdictOf(`${code}0`)).toBe('invalid');
    const unknown = `T1320100MXX000166`;
    expect(identify(unknown + usccCheck(unknown)!, tables)).toMatchObject({
      strict: true,
      verdict: 'valid-with-warning',
    });
    expect(codesOf(unknown + usccCheck(unknown)!)).toEqual(['USCC_UNKNOWN_PREFIX']);
    expect(identify(unknown + usccCheck(unknown)!).verdict).toBe('valid');
  });

  test.each([
    'A1320100MXX0001233',
    'G1320100MXX000131P',
    'J1320100MXX00014XD',
    'N2320100MFXX00152H',
  ])('with a letter for its department, %s, is valid', (code) =>
    expect(verdictOf(code)).toBe('valid'),
  );

  test('with a wrong check character is to be looked up, not refused', () => {
    expect(identify('91320100748204660R', tables)).toMatchObject({
      strict: false,
      verdict: 'suspect',
    });
    expect(codesOf('91320100748204660R')).toEqual(['USCC_CHECK_MISMATCH']);
  });

  test('of the early Xiamen kind says so', () => {
    expect(verdictOf('91350203M0001QKT19')).toBe('suspect');
    expect(codesOf('91350203M0001QKT19')).toEqual(['USCC_LEGACY_NONCONFORMING']);
  });

  test('with O for 0 gets a suggestion and stays what was typed', () => {
    const answer = identify('9132O100748204660Q', tables);
    expect(answer).toMatchObject({
      normalised: '9132O100748204660Q',
      kind: 'uscc',
      strict: false,
      verdict: 'invalid',
    });
    expect(answer.findings[0]).toMatchObject({
      code: 'USCC_LOOKALIKE',
      suggestion: '91320100748204660Q',
    });
  });

  test('the placeholder, equal characters, 17 and 19 characters are refused', () => {
    expect(identify('00000000000000000x', tables)).toMatchObject({
      kind: 'placeholder',
      strict: false,
      verdict: 'invalid',
    });
    for (const input of ['0'.repeat(18), '1'.repeat(18)]) {
      expect(identify(input, tables)).toMatchObject({ strict: false, verdict: 'invalid' });
      expect(codesOf(input)).toEqual(['USCC_ALL_EQUAL']);
    }
    for (const input of ['91320100748204660', '91320100748204660QQ', '9111000060003IOZSV']) {
      expect(identify(input, tables)).toMatchObject({ strict: false, verdict: 'invalid' });
    }
    expect(codesOf('91320100748204660')).toEqual(['USCC_LENGTH']);
  });
});

describe('other numbers', () => {
  test.each([
    ['74820466-0', 'organisation-code', true, 'valid'],
    ['748204660', 'organisation-code', true, 'valid'],
    ['d2143569x', 'organisation-code', true, 'valid-with-warning'],
    ['748204661', 'organisation-code', false, 'suspect'],
    ['74820466A', 'organisation-code', false, 'invalid'],
    ['000000000', 'organisation-code', false, 'invalid'],
    ['110000013456783', 'registration-number', true, 'valid'],
    ['320500600123457', 'registration-number', true, 'valid'],
    ['110000013456784', 'registration-number', false, 'suspect'],
    ['3201001009351', 'registration-number-13', false, 'valid-with-warning'],
    ['9901001009351', 'unknown', false, 'invalid'],
    ['企独苏宁总字第000123号', 'registration-number', false, 'valid-with-warning'],
    ['320100748204660', 'tax-number', false, 'valid-with-warning'],
    ['11010519491231002X', 'resident-id', false, 'invalid'],
    ['11010519491231002X01', 'tax-number', false, 'valid-with-warning'],
    ['130503670401001', 'resident-id', false, 'invalid'],
    ['12345', 'unknown', false, 'invalid'],
    ['', 'unknown', false, 'empty'],
    [' \u3000', 'unknown', false, 'empty'],
    ['无', 'unknown', false, 'empty'],
    ['— —', 'unknown', false, 'empty'],
    ['统一社会信用代码：无', 'unknown', false, 'empty'],
  ])('%j is %s', (input, kind, strict, verdict) => {
    expect(identify(input, tables)).toMatchObject({ kind, strict, verdict });
  });

  test('an identity number that passes the unified check by chance is told by its prefix', () => {
    const person = residentIdStrictAsUscc('370102');
    expect(identify(person, tables)).toMatchObject({
      kind: 'resident-id',
      strict: false,
      verdict: 'invalid',
    });
    expect(codesOf(person)).toEqual(['RESIDENT_ID', 'USCC_POSSIBLE']);
    // 32 is the pair of notaries: the code is admitted, both readings are told.
    const doubtful = residentIdStrictAsUscc('320102');
    expect(identify(doubtful, tables)).toMatchObject({ kind: 'uscc', strict: true });
    expect(codesOf(doubtful)).toEqual(['RESIDENT_ID_POSSIBLE']);
  });

  test('a strict code that merely holds a date keeps its clean verdict, with a remark', () => {
    const code = `91320119900101123`;
    const whole = code + usccCheck(code)!;
    expect(identify(whole, tables)).toMatchObject({ kind: 'uscc', strict: true, verdict: 'valid' });
    expect(codesOf(whole)).toEqual(/^\d+$/.test(whole) ? ['RESIDENT_ID_SHAPE'] : []);
  });

  test('a text of any length is answered, not crashed on', () => {
    expect(identify('9'.repeat(1_000_000), tables)).toMatchObject({
      kind: 'unknown',
      verdict: 'invalid',
    });
    expect(identify('9'.repeat(1_000_000), tables).normalised.length).toBeLessThanOrEqual(200);
  });

  test('every finding has a Chinese sentence', () => {
    for (const code of identifierFindingCodes) {
      expect(identifierFinding(code).message).toMatch(/[\u4E00-\u9FFF].*。$/);
    }
  });
});

/** A full identity number of the division that also passes the unified check. */
function residentIdStrictAsUscc(division: string): string {
  for (let serial = 0; serial < 1000; serial += 1) {
    const first17 = `${division}19900307${String(serial).padStart(3, '0')}`;
    const value = first17 + residentIdCheck(first17)!;
    if (value[17] === usccCheck(first17)) return value;
  }
  throw new Error('no such number');
}

describe('properties of identification', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...'0123456789OIXxQ -（）〇９'), maxLength: 22 }),
  );

  it('answers any text, keeps the input, and calls nothing strict that is refused', () => {
    fc.assert(
      fc.property(anyText, (input) => {
        const answer = identify(input, tables);
        expect(answer.input).toBe(input);
        if (answer.strict) expect(['valid', 'valid-with-warning']).toContain(answer.verdict);
        if (answer.verdict === 'suspect') expect(answer.findings.length).toBeGreaterThan(0);
        if (answer.verdict === 'invalid') expect(answer.findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is stable: identifying the normalised form changes nothing but the notes', () => {
    fc.assert(
      fc.property(anyText, (input) => {
        const once = identify(input, tables);
        fc.pre(once.verdict !== 'empty');
        const twice = identify(once.normalised, tables);
        expect(twice.normalised).toBe(once.normalised);
        expect(twice.kind).toBe(once.kind);
      }),
      { numRuns: 3_000 },
    );
  });

  it('never changes a letter into a digit', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...usccAlphabet, 'O', 'I'),
      minLength: 18,
      maxLength: 18,
    });
    fc.assert(
      fc.property(letters, (input) => {
        expect(identify(input, tables).normalised).toBe(input);
        const typed = ` ${input.slice(0, 2)} ${input.slice(2).toLowerCase()}`;
        expect(identify(typed, tables).normalised).toBe(input);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('codes others have judged', () => {
  const valid = sharedText('test-vectors/uscc/valid-from-stdnum.txt')?.trim().split(/\s+/) ?? null;
  const cases = sharedJson<{ input: string; verdict: string; compact?: string }[]>(
    'test-vectors/uscc/cases-from-stdnum.json',
  );
  const anomalies = sharedRows('org-registry/code-anomalies.csv');
  const registry = ['nanjing', 'xinxiang', 'elsewhere-sample'].map((part) =>
    sharedRows(`org-registry/orgs-${part}.csv`),
  );

  it.skipIf(valid === null)('all valid codes of another validator are strict', () => {
    expect(valid!.length).toBe(200);
    for (const code of valid!) {
      expect(identify(code, tables)).toMatchObject({
        strict: true,
        kind: 'uscc',
        verdict: 'valid',
      });
    }
  });

  it.skipIf(cases === null)('its cases get the same answer', () => {
    for (const { input, verdict, compact } of cases!) {
      const answer = identify(input, tables);
      expect([input, answer.strict]).toEqual([input, verdict === 'valid']);
      if (compact !== undefined) expect(answer.normalised).toBe(compact);
    }
  });

  it.skipIf(anomalies === null)('real anomalies are told apart and none of them is refused', () => {
    const tally: Record<string, number> = {};
    for (const { class: kind, code, stdnum_verdict } of anomalies!) {
      const answer = identify(code!, tables);
      expect([code, answer.verdict]).not.toEqual([code, 'invalid']);
      if (stdnum_verdict !== '')
        expect([code, answer.strict]).toEqual([code, stdnum_verdict === 'valid']);
      const key = `${kind} → ${answer.kind} ${answer.strict} ${answer.verdict}`;
      tally[key] = (tally[key] ?? 0) + 1;
    }
    console.table(tally);
    expect(tally['check_Y_where_standard_gives_1 → uscc false suspect']).toBe(10);
    expect(tally['lowercase_letters_else_ok → uscc true valid-with-warning']).toBe(69);
    expect(tally['ok_but_inner_orgcode_check_fails → uscc true valid']).toBe(26);
    expect(tally['reg15_ok → registration-number true valid']).toBe(200);
    expect(tally['reg13_old → registration-number-13 false valid-with-warning']).toBe(135);
    const slips = anomalies!.filter((row) => row.class!.startsWith('check_Y'));
    for (const { code } of slips)
      expect(codesOf(code!)).toContain('USCC_CHECK_WRITTEN_AS_REMAINDER');
  });

  it.skipIf(registry.includes(null))('no code of the real registry is refused', () => {
    const tally: Record<string, number> = {};
    for (const { code } of registry.flatMap((rows) => rows!)) {
      const answer = identify(code!, tables);
      expect([code, answer.verdict]).not.toEqual([code, 'invalid']);
      const key = `${answer.kind} ${answer.strict} ${answer.verdict}`;
      tally[key] = (tally[key] ?? 0) + 1;
    }
    console.table(tally);
    expect(tally).toEqual({
      'uscc true valid': 27_131,
      'uscc true valid-with-warning': 7,
      'uscc false suspect': 1,
      'registration-number true valid': 1_027,
      'registration-number-13 false valid-with-warning': 63,
    });
  });
});
