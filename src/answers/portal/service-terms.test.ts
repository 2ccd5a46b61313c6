import { describe, expect, it } from 'vitest';
import { rowWords } from './service-terms.ts';

const after = (months: number) => ({
  after: { months, from: 'determination' as const },
  basis: [],
});
const field = { field: 'valid-until' as const, basis: [] };

describe('a row of a term in a sentence', () => {
  it('tells from when, until the earliest of its bounds, and when repair may be asked for', () => {
    expect(rowWords({ opens: 'receipt', ends: [after(36), field], minMonths: 12 })).toEqual({
      zh: '自收到之日起，至认定（决定）日期起满36个月、有效期至中较早的一日；满12个月后可以申请修复',
      en: 'from receipt until the earlier of 36 months after the determination and the last valid day; repair may be asked for after 12 months',
    });
    expect(rowWords({ opens: 'receipt', ends: [] }).en).toBe('from receipt, no end set');
    expect(rowWords({ opens: 'never', ends: [after(3)] }).zh).toBe('不开放');
  });

  it('that holds for some only says for whom', () => {
    const only = { zh: '处罚程序为简易程序', en: 'the procedure is summary' };
    expect(rowWords({ opens: 'never', ends: [] }, only)).toEqual({
      zh: '处罚程序为简易程序的，不开放',
      en: 'where the procedure is summary: never open',
    });
  });
});
