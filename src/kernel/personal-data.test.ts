import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sharedJson, sharedRows, sharedText } from '../../tests/shared-data.ts';
import { isResidentId, residentIdCheck } from './identifiers/resident-id.ts';
import { usccAlphabet, usccCheck } from './identifiers/uscc.ts';
import { redact, scanPersonalData } from './personal-data.ts';

const found = (text: string) =>
  scanPersonalData(text).map((hit) => `${hit.kind}:${text.slice(hit.from, hit.to)}`);

const id = '11010519491231002X';

describe('finding personal numbers in text', () => {
  test.each([
    `当事人张某（身份证号${id}）`,
    `当事人张某，${id}，男`,
    `身份证号码：１１０１０５１９４９１２３１００２Ｘ`,
    `公民身份号码11010519491231002x。`,
    '110105 19491231 002X',
    '110105-19491231-002X',
    '1101 0519 4912 3100 2X',
    '1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X',
    '110105\u200B19491231\u200B002X',
    '110105\n19491231002X',
    '11010519491231002×',
  ])('%j holds an identity number', (text) => {
    expect(scanPersonalData(text).map((hit) => hit.kind)).toEqual(['resident-id']);
  });

  test('an identity number glued to other digits is found by its check', () => {
    expect(found('编号130503196704010016001')).toEqual(['resident-id:130503196704010016']);
    expect(found('13812345678130503196704010016')).toEqual([
      'phone:13812345678',
      'resident-id:130503196704010016',
    ]);
    expect(found(`ID${id}`)).toEqual([`resident-id:${id}`]);
    expect(found(`税号${id}01`)).toEqual([`resident-id:${id}`]);
  });

  test('a number with a wrong check counts only where the words call it an identity number', () => {
    expect(found('身份证号110105194912310021')).toEqual(['resident-id:110105194912310021']);
    expect(found('流水110105194912310021')).toEqual([]);
  });

  test('fifteen digits count as an old identity number unless they hold as a registration number', () => {
    expect(found('身份证130503670401001')).toEqual(['resident-id:130503670401001']);
    expect(found('张某130503670401001')).toEqual(['resident-id:130503670401001']);
    expect(found('注册号320500600123457')).toEqual([]);
    expect(found('某公司320500600123457')).toEqual([]);
  });

  test.each([
    ['联系电话13812345678', 'phone:13812345678'],
    ['138-1234-5678', 'phone:138-1234-5678'],
    ['138 1234 5678', 'phone:138 1234 5678'],
    ['１３８１２３４５６７８', 'phone:１３８１２３４５６７８'],
    ['+86 13812345678', 'phone:+86 13812345678'],
    ['8613812345678', 'phone:8613812345678'],
    ['Tel13812345678', 'phone:13812345678'],
    ['025-83212345', 'phone:025-83212345'],
    ['（025）83212345', 'phone:（025）83212345'],
    ['0512 6521 2345', 'phone:0512 6521 2345'],
    ['02583212345转802', 'phone:02583212345转802'],
    ['电话：83212345', 'phone:83212345'],
    ['电话13812345678万先生', 'phone:13812345678'],
    ['护照号E12345678', 'passport:E12345678'],
    ['港澳通行证C12345678', 'passport:C12345678'],
    ['卡号6222 0212 3456 7890 123', 'bank-card:6222 0212 3456 7890 123'],
    ['4111111111111111', 'bank-card:4111111111111111'],
  ])('%s', (text, hit) => expect(found(text)).toEqual([hit]));

  test('numbers in a list are found one by one', () => {
    expect(found('13812345678,13912345678；13712345678、13612345678')).toHaveLength(4);
    expect(found('1381234567813912345678')).toHaveLength(2);
  });

  test.each([
    '示市监处罚〔2026〕13812345678号',
    '示市监处罚[2026]第13812345678号',
    '罚字第13812345678号',
    '许可证编号：13812345678',
    '罚款13812345678元',
    '罚款13812345678.00元',
    '￥13812345678',
    '2026-03-02 2026年3月2日 20260302 2026/03/02 10:20:30',
    '2026-03-02至2027-03-02',
    '统一社会信用代码91320100748204660Q',
    '91320100MAXX00103J',
    '91230600716671629P001P',
    '注册号320100000012341',
    '组织机构代码74820466-0',
    '电话通知于2026-12-15送达',
    '400-123-4567',
    'GB 32100-2015、GB/T 2260-2007',
    'E12345678',
    '净含量1.5kg，批号20260302001',
    '东经118.796877，北纬32.060255',
  ])('%s holds none', (text) => expect(found(text)).toEqual([]));

  test('a real foreigners’ card number is found although it begins with 9', () => {
    expect(found('911124198108030024')).toEqual(['resident-id:911124198108030024']);
  });

  test('redaction leaves the rest as it was', () => {
    const text = `当事人张某（身份证号${id}，电话138 1234 5678）`;
    expect(redact(text, scanPersonalData(text))).toBe(
      '当事人张某（身份证号1****************X，电话138****5678）',
    );
    expect(redact(text, [])).toBe(text);
  });
});

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const han = fc.string({
  unit: fc.constantFrom(...'当事人张某住址，。男汉族经营者'),
  maxLength: 12,
});
const identity = fc
  .tuple(
    fc.constantFrom('110105', '320102', '320583', '410702', '650102'),
    fc.integer({ min: 1930, max: 2015 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([division, year, month, day, serial]) => {
    const two = (value: number) => String(value).padStart(2, '0');
    const first17 = `${division}${year}${two(month)}${two(day)}${String(serial).padStart(3, '0')}`;
    return first17 + residentIdCheck(first17)!;
  });

describe('properties of the scan', () => {
  it('finds every identity number, however it is broken up, and redaction removes it', () => {
    const cuts = fc.array(fc.constantFrom('', '', '', ' ', '-', '\u200B', '\u3000', ' - '), {
      minLength: 17,
      maxLength: 17,
    });
    fc.assert(
      fc.property(han, identity, cuts, han, (before, value, gaps, after) => {
        const wide = [...value].map((char, i) => char + (gaps[i] ?? '')).join('');
        const text = `${before}${wide}${after}`;
        const hits = scanPersonalData(text);
        expect(hits).toEqual([
          { kind: 'resident-id', from: before.length, to: before.length + wide.length },
        ]);
        expect(scanPersonalData(redact(text, hits))).toEqual([]);
        expect(redact(text, hits).startsWith(before)).toBe(true);
        expect(redact(text, hits).endsWith(after)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds every mobile number between other words', () => {
    const mobile = fc
      .tuple(fc.constantFrom('3', '5', '7', '8', '9'), digits(9))
      .map(([second, rest]) => `1${second}${rest}`);
    const broken = fc.tuple(mobile, fc.constantFrom('', '-', ' ')).map(([value, gap]) => {
      return [value.slice(0, 3), value.slice(3, 7), value.slice(7)].join(gap);
    });
    fc.assert(
      fc.property(han, broken, han, (before, value, after) => {
        expect(scanPersonalData(`${before}${value}${after}`)).toEqual([
          { kind: 'phone', from: before.length, to: before.length + value.length },
        ]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never eats a unified code', () => {
    const code = fc
      .tuple(
        fc.constantFrom('11', '12', '31', '51', '52', '81', '91', '92', '93', 'N2'),
        fc.oneof(
          digits(15),
          fc
            .tuple(
              digits(6),
              fc.string({ unit: fc.constantFrom(...usccAlphabet), minLength: 9, maxLength: 9 }),
            )
            .map((parts) => parts.join('')),
          // All digits with a date where an identity number has one: the hard case.
          fc
            .tuple(digits(4), fc.constantFrom('19900101', '20000229'), digits(3))
            .map((parts) => parts.join('')),
        ),
      )
      .map((parts) => parts.join(''))
      .map((first17) => first17 + usccCheck(first17)!)
      // One in a million real codes is a full identity number as well; those begin with 9 or are told
      // by the words beside them, see below.
      .filter((value) => value.startsWith('9') || !isResidentId(value));
    fc.assert(
      fc.property(han, code, han, (before, value, after) => {
        expect(found(`${before}${value}${after}`)).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('takes hits that do not overlap and lie inside the text', () => {
    const piece = fc.constantFrom(
      ...[
        '13812345678',
        id,
        '025-83212345',
        '320500600123457',
        '6222',
        '第',
        '号',
        '电话',
        '身份证',
      ],
      ...'01389X -.（）〔〕９\u200B，',
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (value) => {
        let end = 0;
        for (const hit of scanPersonalData(value)) {
          expect(hit.from).toBeGreaterThanOrEqual(end);
          expect(hit.to).toBeGreaterThan(hit.from);
          end = hit.to;
        }
        expect(end).toBeLessThanOrEqual(value.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('stays linear on hostile text', () => {
    const hostile = [
      '1',
      '1 ',
      '13812345678',
      '0',
      '025-',
      'a1',
      '（',
      '身份证',
      '1-',
      '110105194912310',
      '+86',
      'E1',
    ];
    for (const unit of hostile) {
      const time = (length: number) => {
        const text = unit.repeat(Math.ceil(length / unit.length));
        const start = performance.now();
        scanPersonalData(text);
        return performance.now() - start;
      };
      time(20_000);
      const small = time(100_000);
      const large = time(400_000);
      expect([unit, large < small * 16 + 400]).toEqual([unit, true]);
    }
  });
});

describe('real text', () => {
  const valid = sharedText('test-vectors/uscc/valid-from-stdnum.txt')?.trim().split(/\s+/) ?? null;
  const registry = ['nanjing', 'xinxiang', 'elsewhere-sample'].map((part) =>
    sharedRows(`org-registry/orgs-${part}.csv`),
  );
  const penalties = sharedJson<Record<string, unknown>[]>(
    'penalties-sample/environmental-penalties.json',
  );
  const permits = sharedJson<Record<string, unknown>[]>('penalties-sample/discharge-permits.json');
  const anomalies = sharedRows('org-registry/code-anomalies.csv');

  it.skipIf(valid === null)('codes, with and without words around them, are not eaten', () => {
    for (const code of valid!) {
      expect(found(code)).toEqual([]);
      expect(found(`当事人某公司，统一社会信用代码：${code}，住所某地`)).toEqual([]);
    }
  });

  it.skipIf(registry.includes(null) || anomalies === null)(
    'no code of the registry is eaten',
    () => {
      const eaten = [...registry.flat(), ...anomalies!]
        .map((row) => row!.code!)
        .filter((code) => scanPersonalData(code).length > 0);
      console.log(`codes taken for personal numbers: ${eaten.length}`, eaten);
      // A 15-digit registration number always holds its own check, and no other code begins like a person.
      expect(eaten).toEqual([]);
    },
  );

  it.skipIf(penalties === null || permits === null)(
    'public decisions hold no personal numbers',
    () => {
      expect(found(JSON.stringify(penalties))).toEqual([]);
      expect(found(JSON.stringify(permits))).toEqual([]);
    },
  );

  it.skipIf(registry.includes(null))('scope and address texts lose next to nothing', () => {
    const hits = registry
      .flat()
      .flatMap((row) => [row!.scope!, row!.address!])
      .flatMap((text) => found(text));
    console.log(`hits in ${registry.flat().length} scopes and addresses:`, hits);
    expect(hits.length).toBeLessThan(10);
  });
});
