import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sharedJson, sharedRows } from '../../../tests/shared-data.ts';
import {
  canonicalDocumentNumber,
  sameDocumentNumber,
  yearOfDocumentNumber,
} from './document-number.ts';
import {
  cleanCode,
  collapseBlanks,
  countCharacters,
  dropBlanks,
  foldWidth,
  isNullWord,
  tidyName,
} from './normalise.ts';
import {
  canonicalName,
  isDamagedName,
  isMaskedName,
  isShortName,
  nameParts,
  nearNameKey,
} from './organisation-name.ts';

const variants = new Map(
  [...'龍龙廣广業业東东興兴發发縣县産产縂总設设寧宁'].reduce<[string, string][]>(
    (pairs, char, i, all) => (i % 2 === 0 ? [...pairs, [char, all[i + 1]!]] : pairs),
    [],
  ),
);
const nullWords = new Set(['无', '/', '-', '--', '——', '暂无', '不详', '*', 'null', 'undefined']);
const canonical = (name: string) => canonicalName(name, variants);

describe('normalising text', () => {
  test.each([
    '',
    '  ',
    '\u3000\u200B',
    '无',
    ' 无 ',
    '— —',
    '／',
    'NULL',
    'undefined',
    '－－',
    '*',
  ])('%j says nothing', (text) => expect(isNullWord(text, nullWords)).toBe(true));

  test('a word inside a longer text is not nothing', () => {
    for (const text of ['无锡', '无锡市', '0', '-1', 'n/a?'])
      expect(isNullWord(text, nullWords)).toBe(false);
  });

  test('NUL, DEL, zero-width and direction marks disappear from names, blanks collapse', () => {
    const name = `${'\0'.repeat(1413)}南京\u007F某\u200B厂\u202E\u3000 分\t厂\uFEFF`;
    expect(tidyName(name)).toBe('南京某厂 分 厂');
    expect(collapseBlanks(' a\u00A0\u2003b\u3000')).toBe('a b');
  });

  test('names keep characters that NFKC would replace', () => {
    expect(tidyName('㈱ﬁ①')).toBe('㈱ﬁ①');
    expect(canonical('甲①厂')).toBe('甲①厂');
    expect(countCharacters('𠮷林厂')).toBe(3);
  });

  test('full-width signs fold one to one', () => {
    expect(foldWidth('（ＡＢ１２），')).toBe('(AB12),');
    expect(foldWidth('〔甲〕')).toBe('〔甲〕');
  });

  test('a code is cleaned without replacing a letter', () => {
    expect(cleanCode(' 9132o100 7482-04660q ').value).toBe('9132O100748204660Q');
    expect(cleanCode('91320100748204660Q').changes).toEqual({
      lowerCase: false,
      fullWidth: false,
      innerBlanks: false,
      hyphens: false,
      label: false,
    });
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...'甲厂aＡ１％（）() \u3000\t\0\u200B～'), maxLength: 30 }),
  );

  it('folding is stable and keeps length where places in the text matter', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(foldWidth(text).length).toBe(text.length);
        expect(dropBlanks(dropBlanks(text))).toBe(dropBlanks(text));
        expect(tidyName(tidyName(text))).toBe(tidyName(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the canonical name', () => {
  test.each([
    ['南京某某(集团)有限公司', '南京某某（集团）有限公司'],
    ['南京某某[集团]有限公司', '南京某某（集团）有限公司'],
    ['南京某某〔集团〕有限公司', '南京某某（集团）有限公司'],
    ['中国某某( 福建 )玩具有限公司', '中国某某（福建）玩具有限公司'],
    ['某某ＮＥＣ厂　', '某某NEC厂'],
    ['某某（０５）厂', '某某（05）厂'],
    ['某龍隆厂', '某龙隆厂'],
    ['某\u200B某\r\n厂', '某某厂'],
  ])('%j and %s are one', (a, b) => {
    expect(canonical(a)).toBe(canonical(b));
  });

  test.each([
    ['吉安县某某公司', '吉安市某某公司'],
    ['长沙雨花支行', '长沙雨花区支行'],
    ['某某有限公司', '某某有限责任公司'],
    ['某某NEC厂', '某某nec厂'],
    ['某某厂．', '某某厂'],
    ['国营二六Ｏ厂', '国营二六〇厂'],
  ])('%s and %s are two', (a, b) => {
    expect(canonical(a)).not.toBe(canonical(b));
  });

  test('loose keys bring such names together for a person to look at', () => {
    expect(nearNameKey('吉安县某某公司', variants)).toBe(nearNameKey('吉安市某某公司', variants));
    expect(nearNameKey('甲乙丙丁有限公司', variants)).toBe(
      nearNameKey('甲乙(丙丁)有限责任公司', variants),
    );
    expect(nearNameKey('甲乙', variants)).toBe('');
  });

  it('is stable, and blanks, brackets and width never change it', () => {
    const name = fc.string({
      unit: fc.constantFrom(...'南京甲乙丙龍廠(（)）aＡ1１·.'),
      maxLength: 20,
    });
    const noise = fc.constantFrom('', ' ', '\u3000', '\u200B', '\uFEFF', '\t', '\u00A0');
    fc.assert(
      fc.property(name, fc.array(noise, { minLength: 25, maxLength: 25 }), (text, gaps) => {
        const noisy = [...text]
          .map((char, i) => gaps[i]! + (char === '(' ? '（' : char === '）' ? ']' : char))
          .join('');
        expect(canonical(noisy)).toBe(canonical(text));
        expect(canonical(canonical(text))).toBe(canonical(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test('masked, damaged and short names are known for what they are', () => {
    for (const name of ['南京**有限公司', '南京＊厂', '南京×厂'])
      expect(isMaskedName(name)).toBe(true);
    for (const name of ['南京\uFFFD厂', '南京?厂', '南京□厂'])
      expect(isDamagedName(name)).toBe(true);
    for (const name of ['益民厂', '益 民 厂', '𠮷民厂']) expect(isShortName(name)).toBe(true);
    expect(
      isMaskedName('南京某某厂') || isDamagedName('南京某某厂') || isShortName('益民大厂'),
    ).toBe(false);
  });
});

describe('two names in one field', () => {
  test.each([
    ['甲乙丙丁厂第二名称:戊己庚辛公司', ['甲乙丙丁厂', '戊己庚辛公司'], 'second'],
    ['甲乙丙丁厂（第二名称：戊己庚辛公司）', ['甲乙丙丁厂', '戊己庚辛公司'], 'second'],
    ['甲乙丙丁厂第二名称戊己庚辛公司', ['甲乙丙丁厂', '戊己庚辛公司'], 'second'],
    ['第一名称:甲乙丙丁厂 第二名称:戊己庚辛公司', ['甲乙丙丁厂', '戊己庚辛公司'], 'second'],
    ['甲乙丙丁厂 戊己庚辛公司（第二名称）', ['甲乙丙丁厂', '戊己庚辛公司'], 'second'],
    ['甲乙丙丁公司(1) 戊己庚辛公司(2)', ['甲乙丙丁公司', '戊己庚辛公司'], 'second'],
    ['甲乙丙丁公司(从属名称戊己庚辛公司)', ['甲乙丙丁公司', '戊己庚辛公司'], 'subordinate'],
    ['甲乙丙丁厂增挂:戊己庚辛厂', ['甲乙丙丁厂', '戊己庚辛厂'], 'added'],
    ['甲乙丙丁公司 增挂: 戊己庚辛公司', ['甲乙丙丁公司', '戊己庚辛公司'], 'added'],
    [
      '甲乙银行股份有限公司某支行(简称甲乙某支行)',
      ['甲乙银行股份有限公司某支行', '甲乙某支行'],
      'short',
    ],
    ['甲乙丙丁厂（原名称：戊己庚辛厂）', ['甲乙丙丁厂', '戊己庚辛厂'], 'former'],
    ['甲乙丙丁有限公司 (原名戊己庚辛公司)', ['甲乙丙丁有限公司', '戊己庚辛公司'], 'former'],
    [
      '甲乙丙丁有限公司（曾用名：戊己(庚辛)公司）',
      ['甲乙丙丁有限公司', '戊己（庚辛）公司'],
      'former',
    ],
    ['甲乙丙丁有限公司(原戊己庚辛公司)', ['甲乙丙丁有限公司', '戊己庚辛公司'], 'former'],
    ['甲乙丙丁厂( 戊己庚辛厂 )', ['甲乙丙丁厂', '戊己庚辛厂'], 'bracketed'],
    ['甲乙丙丁厂 戊己庚辛公司', ['甲乙丙丁厂', '戊己庚辛公司'], 'joined'],
    ['甲乙丙丁厂．戊己庚辛厂', ['甲乙丙丁厂', '戊己庚辛厂'], 'joined'],
  ])('%s', (name, names, kind) => {
    const { embedded, parts } = nameParts(name);
    expect(embedded).toBe(true);
    expect(parts.map((part) => part.name)).toEqual(names);
    expect(parts.map((part) => part.kind)).toEqual(['first', kind]);
  });

  test.each([
    '南京某某有限公司',
    '太原名都大酒店有限公司',
    '某某（集团）有限公司',
    '某某有限公司（有限合伙）',
    '某某有限公司（南京分公司）',
    '深圳市某某（香港某某）加工厂',
    '某某洗染厂 有限公司',
    '某某供销合作社白 某分销店',
    '',
  ])('%j is one name', (name) => {
    expect(nameParts(name)).toEqual({ embedded: false, parts: [{ name, kind: 'first' }] });
  });

  it('never crashes, and never invents characters', () => {
    const text = fc.string({
      unit: fc.constantFrom(
        '甲',
        '厂',
        '（',
        ')',
        ' ',
        '第二名称',
        '简称',
        '原名',
        ':',
        '(1)',
        '(2)',
        '.',
      ),
      maxLength: 16,
    });
    fc.assert(
      fc.property(text, (name) => {
        const whole = new Set([...foldWidth(name), '（', '）']);
        for (const part of nameParts(name).parts) {
          for (const char of part.name) expect(whole.has(char) || name.includes(char)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  const examples = sharedRows('org-matching-examples/examples.csv');
  it.skipIf(examples === null)('the real fields are split as a reader splits them', () => {
    for (const row of examples!.filter(({ kind }) => kind!.startsWith('embedded_'))) {
      const { parts } = nameParts(row.name!);
      expect(parts.map((part) => part.name).join(' | ')).toBe(foldWidth(row.other!));
    }
  });
});

describe('document numbers', () => {
  test('a number written as most are gives what it would give typed otherwise', () => {
    const part = fc.constantFrom(
      '示市监罚',
      '文书号',
      '编号',
      '第三大队',
      '字',
      '〔2026〕',
      '〔2026年〕',
      '9',
      '0013',
      '号',
      '第',
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const text = parts.join('');
        // A blank in front sends it the long way round and counts for nothing.
        expect(canonicalDocumentNumber(text)).toBe(canonicalDocumentNumber(` ${text}`));
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([
    '示市监处罚〔2026〕9号',
    '示市监处罚[2026]9号',
    '示市监处罚【2026】9号',
    '示市监处罚(2026)9号',
    '示市监处罚（2026）第9号',
    '示市监处罚第〔2026〕9号',
    '示市监处罚 〔２０２６〕 ９号',
    '示市监处罚〔2026年〕9号',
    '示市监处罚﹝2026﹞9',
    '（示市监处罚〔2026〕9号）',
    '文号：示市监处罚〔2026〕9号',
    '示市监处罚\u200B〔2026〕\n9号',
  ])('%j is 示市监处罚〔2026〕9号', (text) => {
    expect(canonicalDocumentNumber(text)).toBe('示市监处罚〔2026〕9号');
    expect(sameDocumentNumber(text, '示市监处罚〔2026〕9号')).toBe(true);
    expect(yearOfDocumentNumber(text)).toBe(2026);
  });

  test.each([
    ['示市监处罚〔2026〕9号', '示市监处罚〔2025〕9号'],
    ['示市监处罚〔2026〕9号', '示市监处罚〔2026〕19号'],
    ['示市监处罚〔2026〕9号', '示市监罚〔2026〕9号'],
    ['示环罚〔2026〕0013号', '示环罚〔2026〕13号'],
    ['示第三大队罚〔2026〕1号', '示三大队罚〔2026〕1号'],
    ['示环罚〔2026〕TQ第Q-4008号', '示环罚〔2026〕TQ第Q-4009号'],
    ['', ''],
  ])('%s and %s are two', (a, b) => {
    expect(sameDocumentNumber(a, b)).toBe(false);
  });

  test('letters, dashes and 第 inside a number', () => {
    expect(sameDocumentNumber('示环罚字〔2020〕tq第Q—4008号', '示环罚字[2020]TQQ-4008号')).toBe(
      true,
    );
    expect(yearOfDocumentNumber('SFDA-2020-1')).toBeNull();
  });

  it('is stable for any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 40 }),
          fc.string({ unit: fc.constantFrom(...'示罚字第〔〕()2026号A-'), maxLength: 20 }),
        ),
        (text) => {
          const once = canonicalDocumentNumber(text);
          fc.pre(!once.startsWith('〔'));
          expect(canonicalDocumentNumber(once)).toBe(once);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  const penalties = sharedJson<{ document_number: string | null }[]>(
    'penalties-sample/environmental-penalties.json',
  );
  it.skipIf(penalties === null)('real numbers meet their variants', () => {
    for (const { document_number: number } of penalties!) {
      if (number === null) continue;
      const variant = number
        .replace(/[〔【]/, '[')
        .replace(/[〕】]/, ' ] 第')
        .replace('第第', '第');
      expect(sameDocumentNumber(number, variant)).toBe(true);
    }
  });
});
