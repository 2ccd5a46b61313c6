import { describe, expect, test } from 'vitest';
import { withinTwoEdits } from '../../kernel/text/edits.ts';
import { compareArea } from './domain-link-area.ts';

describe('areas', () => {
  test.each([
    ['江苏', '南京', '江苏省', '南京市', 'same'],
    ['内蒙古自治区', '乌兰察布市', '内蒙古', '乌兰察布', 'same'],
    ['广西壮族自治区', '南宁', '广西', '南宁市', 'same'],
    ['贵州', '黔西南布依族苗族自治州', '贵州', '黔西南', 'same'],
    ['吉林', '延边朝鲜族自治州', '吉林省', '延边', 'same'],
    ['北京市', '海淀区', '北京', '海淀', 'same'],
    ['上海', '浦东新区', '上海', '浦东', 'same'],
    ['上海', '', '上海', '', 'same'],
    ['江苏', '', '江苏', '', 'incomplete'],
    ['', '南京', '江苏', '南京', 'incomplete'],
    ['', '', '江苏', '南京', 'not-given'],
    ['江西', '吉安县', '江西', '吉安市', 'differs'],
    ['江西', '吉安县', '江西', '吉安', 'differs'],
    ['吉林', '吉林', '吉林', '长春', 'differs'],
    ['辽宁', '朝阳', '北京', '朝阳', 'differs'],
    ['江苏', '南京', '江苏', '', 'unknown'],
  ] as const)('%s %s against %s %s: %s', (...[province, city, ...rest]) => {
    const [knownProvince, knownCity, answer] = rest;
    const area = (one: string, two: string) => ({ province: one, city: two, regionCode: null });
    expect(compareArea(area(province, city), area(knownProvince, knownCity))).toBe(answer);
  });

  test('division codes are compared by prefecture', () => {
    const area = (regionCode: string | null) => ({ province: null, city: null, regionCode });
    expect(compareArea(area('320102'), area('320100'))).toBe('same');
    expect(compareArea(area('320500'), area('320100'))).toBe('differs');
    expect(compareArea(area('320500'), area(null))).toBe('unknown');
  });
});

test('two keystrokes apart', () => {
  expect(withinTwoEdits('91320100MAXX000900', '91320100MAXX000900')).toBe(true);
  expect(withinTwoEdits('abcdef', 'badcef')).toBe(true);
  expect(withinTwoEdits('abcdef', 'abdef')).toBe(true);
  expect(withinTwoEdits('abcdef', 'xyzdef')).toBe(false);
  expect(withinTwoEdits('abcdef', 'abc')).toBe(false);
});
