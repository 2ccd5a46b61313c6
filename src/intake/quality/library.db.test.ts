import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type TestInstallation,
  collectText,
  importOrganisations,
  testInstallation,
} from '../../../tests/installation.ts';
import { penaltyCsv } from '../../../tests/penalties.ts';
import { sql } from '../../platform/db/index.ts';
import { usccCheck } from '../../kernel/identifiers/uscc.ts';
import { library } from './index.ts';
import { isWrongCode } from './service-library.ts';

const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };
const trade = { name: '样例市示例商贸有限公司', code: '91320100MAXX003220' };

let city: TestInstallation;
beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
});
afterAll(() => city.drop());

describe('the base library', () => {
  it('says nothing of shares where there is nobody', async () => {
    const empty = await library(city);
    expect(empty).toMatchObject({ living: 0, coverage: [] });
    for (const measure of [empty.duplicateCode, empty.wrongCode, empty.duplicateOrWrong]) {
      expect(measure.state).toBe('UNKNOWN');
    }
  });

  it('counts codes once, those borne twice, those that are wrong, and whom items cover', async () => {
    await importOrganisations(city, [food, trade]);
    // As an older system left them: one code for two, and one with a slip of the pen.
    const add = (name: string, uscc: string | null, ended: string | null = null) =>
      city.database.execute(sql`
        insert into subjects.subject (subject_id, kind, uscc, name, status, ended_on, origin, evidence,
                                      version, recorded_at)
        values (gen_random_uuid(), 'organisation', ${uscc}, ${name}, '存续', ${ended}::date, 'test',
                '{}', 1, now())`);
    await add('样例市示例商贸有限公司一分', trade.code);
    await add('样例市笔误有限公司', '91320100MAXX00321A');
    await add('样例市无码合作社', null);
    await add('样例市已注销有限公司', food.code, '2025-01-01');
    city.config.clock.set('2026-06-01T02:00:00.000Z' as never);
    const rows = [1, 2].map((no) => ({
      行政相对人名称: food.name,
      '行政相对人代码_1(统一社会信用代码)': food.code,
      行政处罚决定书文号: `样罚〔2026〕${no}号`,
    }));
    await collectText(city, penaltyCsv(rows), { item: 'penalty' });
    expect(await library(city)).toMatchObject({
      living: 5,
      withoutCode: 1,
      duplicateCode: { numerator: 1, denominator: 3 },
      wrongCode: { numerator: 1, denominator: 3 },
      duplicateOrWrong: { numerator: 2, denominator: 3 },
      coverage: [{ item: 'penalty', share: { numerator: 1, denominator: 5 } }],
    });
  });

  it('finds every code with one character of its check changed', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    const block = fc.array(fc.constantFrom(...'0123456789'), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(block, fc.constantFrom(...alphabet), (digits, last) => {
        const body = `91320100MB${digits.join('')}X`;
        const right = usccCheck(body)!;
        // The issuer who wrote the remainder is let pass: 0 where the standard gives 1.
        if (right === '1' || last === right) return;
        expect(isWrongCode(body + last)).toBe(true);
        expect(isWrongCode(body + right)).toBe(false);
      }),
    );
  });
});
