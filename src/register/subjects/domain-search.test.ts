import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askedGrams,
  gramsOf,
  initialGramsOf,
  isInitials,
  searchText,
  searchTexts,
} from './domain-search.ts';
import { initialsOf } from './pinyin.ts';

const characters = [...'南京华瑞食品贸易科技江苏苏州鼎盛银行长乐ab1'];
const word = (least: number, most: number) =>
  fc
    .array(fc.constantFrom(...characters), { minLength: least, maxLength: most })
    .map((list) => list.join(''));

describe('the searched text of a name', () => {
  it('drops the legal form, brackets and blanks, and folds width and case', () => {
    expect(searchText('南京华瑞（集团）食品有限公司')).toBe('南京华瑞集团食品');
    expect(searchText('ＩＢＭ 中国有限公司')).toBe('ibm中国');
  });

  it('keeps a name that is nothing but a legal form', () => {
    expect(searchText('有限公司')).toBe('有限公司');
  });

  it('is written with the place in front too where the place stands in brackets inside', () => {
    expect(searchTexts('华瑞（南京）食品有限公司')).toEqual(['华瑞南京食品', '南京华瑞食品']);
    expect(searchTexts('南京华瑞食品有限公司')).toEqual(['南京华瑞食品']);
    expect(searchTexts('南京华瑞食品厂（普通合伙）')).toEqual(['南京华瑞食品厂']);
  });
});

describe('grams', () => {
  it('of any part of a name are among the grams of the name', () => {
    fc.assert(
      fc.property(word(0, 6), word(2, 6), word(0, 6), (before, part, after) => {
        const whole = new Set(gramsOf(before + part + after));
        expect(gramsOf(part).every((gram) => whole.has(gram))).toBe(true);
      }),
    );
  });

  it('of a single character are none', () => {
    expect(gramsOf('南')).toEqual([]);
  });

  it('of initials hold those of every run of letters in them, from three letters on', () => {
    const whole = new Set(initialGramsOf('njhrspyxgs'));
    expect(initialGramsOf('hrsp').every((gram) => whole.has(gram))).toBe(true);
    expect(initialGramsOf('nj')).toEqual([]);
    expect(isInitials('hrsp')).toBe(true);
    expect(isInitials('hr')).toBe(false);
    expect(isInitials('hr食品')).toBe(false);
  });
});

describe('the grams asked for', () => {
  const limits = { entriesMax: 1_000, rareEntries: 100 };

  it('are the rarest, as many as stand in so many entries together', () => {
    const common = new Map([
      [1, 5_000],
      [2, 700],
      [3, 300],
    ]);
    expect(askedGrams([1, 2, 3, 4], common, limits)).toEqual([4, 3]);
  });

  it('are none where even the rarest is too common', () => {
    expect(askedGrams([1], new Map([[1, 5_000]]), limits)).toEqual([]);
  });

  it('never stand in more entries than allowed, by what is known', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.nat(50).map(String), fc.nat(2_000)), fc.nat(3_000), (d, max) => {
        const common = new Map(Object.entries(d).map(([gram, entries]) => [Number(gram), entries]));
        const asked = askedGrams([...common.keys()], common, { entriesMax: max, rareEntries: 9 });
        const sum = asked.reduce((total, gram) => total + common.get(gram)!, 0);
        expect(sum).toBeLessThanOrEqual(max);
      }),
    );
  });
});

describe('pinyin initials', () => {
  it('are one letter per character, letters and digits as they stand', () => {
    expect(initialsOf('南京示例')).toBe('njsl');
    expect(initialsOf('中国ibm3科技')).toBe('zgibm3kj');
  });

  it('of a character with several readings follow the word it stands in', () => {
    expect(initialsOf('工商银行')).toBe('gsyh');
    expect(initialsOf('行走')).toBe('xz');
    expect(initialsOf('重庆长城')).toBe('cqcc');
  });
});
