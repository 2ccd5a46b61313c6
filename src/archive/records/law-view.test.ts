/** The sector of an authority by its name, where the register of units does not say. */
import { describe, expect, test } from 'vitest';
import { rulebookOf, shipped, viewAt } from '../../../tests/windows/rulebooks.ts';
import { makeLawView } from './law-view.ts';
import { day } from '../../kernel/day.ts';

const rulebook = rulebookOf(shipped, true);
const law = viewAt(rulebook, '320100');

describe('the sector of an authority', () => {
  // The names are read from the top: a field's own enforcement team belongs to its field, and only
  // what no field claims is general urban enforcement.
  test.each([
    ['样例市市场监督管理局', 'market-regulation'],
    ['样例省药品监督管理局', 'drug-administration'],
    ['样例县食品药品监督管理局', 'market-regulation'],
    ['样例市生态环境局', 'ecology-environment'],
    ['样例市生态环境综合行政执法局', 'ecology-environment'],
    ['样例市文化市场综合行政执法支队', 'culture-tourism'],
    ['样例市交通运输综合行政执法支队', 'transport'],
    ['样例市应急管理综合行政执法大队', 'emergency-management'],
    ['样例市农业综合行政执法大队', 'agriculture-rural'],
    ['样例市城市管理局', 'urban-management'],
    ['样例街道综合行政执法局', 'urban-management'],
    ['样例市中级人民法院', 'court'],
    ['样例市统筹发展办公室', null],
  ])('%s: %s', (name, sector) => {
    expect(law.sectorOf(null, name)).toBe(sector);
  });

  test('by the register of units goes before the name', () => {
    const code = '11320000MAXX00001A';
    const registered = makeLawView(
      rulebook,
      '320100',
      day('2026-11-20'),
      new Map([[code, 'transport']]),
    );
    expect(registered.sectorOf(code, '样例市市场监督管理局')).toBe('transport');
    expect(registered.sectorOf(null, '样例市市场监督管理局')).toBe('market-regulation');
  });

  test('is unknown where neither tells', () => {
    expect(law.sectorOf('11320000MAXX00009X', null)).toBeNull();
  });
});
