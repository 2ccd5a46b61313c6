import { expect, it } from 'vitest';
import { csvOf } from './domain-csv.ts';

it('writes cells a spreadsheet neither splits nor runs', () => {
  expect(
    csvOf([
      ['名称', 'n'],
      ['甲,"乙"\n', 2],
      ['=1+1', -3],
      ['@x', 0],
    ]),
  ).toBe('\ufeff名称,n\r\n"甲,""乙""\n",2\r\n\'=1+1,-3\r\n\'@x,0\r\n');
});
