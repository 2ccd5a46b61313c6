import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../platform/db/index.ts';
import {
  type TestInstallation,
  importOrganisations,
  testInstallation,
} from '../../../tests/installation.ts';
import { sampleOrganisationCode, sampleUscc } from '../../app/sample-city/codes.ts';
import { refillSearch, searchNames } from './index.ts';

let city: TestInstallation;

const codeOf = (pair: string, number: number) =>
  sampleUscc(pair, sampleOrganisationCode('MA', number));
const names = [
  '样例南京华瑞食品有限公司',
  '样例鼎盛（南京）贸易有限公司',
  '样例长乐银行股份有限公司',
  '样例苏州鼎盛科技有限责任公司',
];
const shop = '样例区华瑞食品店';

beforeAll(async () => {
  city = await testInstallation();
  await importOrganisations(city, [
    ...names.map((name, index) => ({ name, code: codeOf('91', index + 1) })),
    { name: shop, code: codeOf('92', 100) },
  ]);
});
afterAll(() => city.drop());

async function found(text: string): Promise<string[]> {
  return (await searchNames(city.database, text, 20)).map(({ subject }) => subject.name);
}

describe('search by name', () => {
  it('finds an organisation by a part, a slip, a short form, another legal form', async () => {
    for (const text of ['华瑞', '南京华端食品', '南京瑞华食品', '华瑞食品', '南京华瑞食品厂']) {
      expect((await found(text))[0], text).toBe(names[0]);
    }
  });

  it('finds a place in brackets whether or not and where it is typed', async () => {
    for (const text of ['鼎盛(南京)贸易', '南京鼎盛贸易', '鼎盛南京贸易']) {
      expect((await found(text))[0], text).toBe(names[1]);
    }
  });

  it('finds by pinyin initials from three letters on, characters read as the word has them', async () => {
    expect(await found('clyh')).toEqual([names[2]]);
    expect(await found('hr')).toEqual([]);
  });

  it('never lists an individual business, however much of its name is typed', async () => {
    for (const text of ['华瑞食品店', shop, 'hrspd']) {
      expect(await found(text), text).not.toContain(shop);
    }
  });

  it('finds the same after an upgrade has emptied its tables', async () => {
    const before = await found('鼎盛');
    expect(before).toHaveLength(2);
    await city.database.execute(sql`delete from subjects.search_entry`);
    await city.database.execute(
      sql`insert into subjects.search_refill values ('00000000-0000-0000-0000-000000000000')`,
    );
    expect(await found('鼎盛')).toEqual([]);
    await refillSearch(city.database);
    expect(await found('鼎盛')).toEqual(before);
    const left = await city.database.query(sql`select from subjects.search_refill`);
    expect(left).toEqual([]);
  });

  it('finds by whole text where every gram of it is common', async () => {
    await city.database.execute(sql`
      insert into subjects.gram (gram, entries)
      select distinct unnest(grams), 1000000 from subjects.search_entry
      on conflict (gram) do update set entries = excluded.entries`);
    expect((await found('华瑞食品'))[0]).toBe(names[0]);
    expect(await found('鼎盛')).toHaveLength(2);
  });
});
