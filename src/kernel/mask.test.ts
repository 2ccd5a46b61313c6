import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  maskAddress,
  maskBankAccount,
  maskDocument,
  maskMiddle,
  maskPersonName,
  maskPhone,
  maskResidentId,
} from './mask.ts';

const compound = new Set(['欧阳', '司马']);

describe('masking', () => {
  test('an identity number shows 1 + 1 in public and 3 + 4 to its holder', () => {
    expect(maskResidentId('32010219900307123X', 'public')).toBe('3****************X');
    expect(maskResidentId('32010219900307123X', 'holder')).toBe('320***********123X');
  });

  test('documents 1 + 2, telephones 3 + 4, bank accounts the last four', () => {
    expect(maskDocument('E12345645')).toBe('E******45');
    expect(maskPhone('13812341234')).toBe('138****1234');
    expect(maskPhone('83211234')).toBe('******34');
    expect(maskBankAccount('6222021234567890')).toBe('************7890');
  });

  test.each([
    ['张三', '张*'],
    ['张三丰', '张**'],
    ['欧阳锋', '欧阳*'],
    ['欧阳', '欧*'],
    ['𠮷田', '𠮷*'],
    ['张', '*'],
    ['', ''],
  ])('the name %s is shown as %s', (name, masked) => {
    expect(maskPersonName(name, compound)).toBe(masked);
  });

  test.each([
    ['江苏省南京市玄武区北京东路41号', '江苏省南京市玄武区****'],
    ['北京市海淀区中关村大街1号', '北京市海淀区****'],
    ['内蒙古自治区赤峰市克什克腾旗经棚镇解放路', '内蒙古自治区赤峰市克什克腾旗****'],
    ['昆山市玉山镇前进路1号', '昆山市****'],
    ['江苏省南京市幸福小区3幢2室', '江苏省南京市****'],
    ['幸福路1号', '****'],
    ['湖北省恩施土家族苗族自治州巴东县信陵镇', '湖北省恩施土家族苗族自治州巴东县****'],
    ['江苏省南京市玄武区', '江苏省南京市玄武区'],
    ['', ''],
  ])('the address %s is cut to county level', (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });

  it('hides at least four characters, or all of them, and keeps the length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.nat(6),
        fc.nat(6),
        (value, head, tail) => {
          fc.pre(!value.includes('*'));
          const masked = maskMiddle(value, head, tail);
          expect([...masked].length).toBe([...value].length);
          const hidden = [...masked].filter((char) => char === '*').length;
          expect(hidden >= 4 || hidden === [...value].length).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
