/** A city with units of two districts, records by each of them, and accounts that read. */
import {
  type TestInstallation,
  collectText,
  importOrganisations,
  operatorA,
  testInstallation,
} from '../installation.ts';
import { penaltyCsv } from '../penalties.ts';
import {
  sampleOrganisationCode,
  sampleRegion,
  sampleUnitCode,
  sampleUscc,
} from '../../src/app/sample-city/codes.ts';
import { type Instant, instantFromMs, instantMs } from '../../src/kernel/day.ts';
import type { Id } from '../../src/kernel/ids.ts';
import { type Result, assert } from '../../src/kernel/result.ts';
import { sql } from '../../src/platform/db/index.ts';
import { findFiles } from '../../src/register/subjects/index.ts';
import { registerUnits } from '../../src/register/units/index.ts';
import { insertAccount } from '../../src/trust/accounts/index.ts';
import { type Who, officeOver } from './office-city.ts';

export const start = '2026-06-01T02:00:00.000Z' as Instant;
export const food = {
  name: '样例市样例食品有限公司',
  code: sampleUscc('91', sampleOrganisationCode('MA', 1)),
};
export const trade = {
  name: '样例市样例贸易有限公司',
  code: sampleUscc('91', sampleOrganisationCode('MA', 2)),
};
// Two districts of the sample city, and the city itself.
export const units = {
  own: { code: sampleUnitCode('11', 'MB', 91), region: '329902' },
  sibling: { code: sampleUnitCode('11', 'MB', 92), region: '329902' },
  foreign: { code: sampleUnitCode('11', 'MB', 93), region: '329903' },
  centre: { code: sampleUnitCode('12', 'MB', 94), region: sampleRegion },
};
export type UnitName = keyof typeof units;

/** The value, or an end of the test. */
export function must<T>(result: Result<T>): T {
  assert(result.ok, JSON.stringify(result));
  return result.value;
}

async function penaltyBy(city: TestInstallation, name: UnitName, no: number, of = food) {
  const { code } = units[name];
  const row = {
    ...{ 行政相对人名称: of.name, '行政相对人代码_1(统一社会信用代码)': of.code },
    ...{ 行政处罚决定书文号: `样罚〔2026〕${no}号`, 处罚机关统一社会信用代码: code },
    ...{ 数据来源单位统一社会信用代码: code },
  };
  must(await collectText(city, penaltyCsv([row]), { item: 'penalty', provider: code }));
}

/** Makes the city: three penalties about {@link food}, by a unit each, and one about {@link trade}. */
export async function readingCity() {
  const city = await testInstallation({
    ...{ sample: true, jurisdiction: sampleRegion, confirmAll: true },
  });
  const office = officeOver(city);
  const registered = Object.entries(units).map(([name, { code, region }]) => ({
    ...{ code, region, name: `样例${name}`, kind: 'authority', level: 'county', sector: null },
    ...{ status: 'registered' as const, sample: true },
  }));
  must(await registerUnits(city, registered, operatorA));
  await importOrganisations(city, [food, trade]);
  await penaltyBy(city, 'own', 1);
  await penaltyBy(city, 'sibling', 2);
  await penaltyBy(city, 'foreign', 3);
  await penaltyBy(city, 'own', 4, trade);
  const ids = new Map<string, Id>();
  for (const { code } of [food, trade]) {
    const [found] = await findFiles(city.database, code, city.linkTables());
    ids.set(code, found!.file.subject.subjectId);
  }
  return {
    ...{ city, office },
    idOf: (code: string) => ids.get(code)!,
    later(minutes: number) {
      city.config.clock.set(instantFromMs(instantMs(city.clock.now()) + minutes * 60_000));
    },
    /** An account of a unit in a position, as a program uses it. */
    async account(code: string, name: UnitName, position: string): Promise<void> {
      const { code: unit } = units[name];
      const account = { code, name: '样例', unit, positions: [position], sample: true };
      await insertAccount(city.database, account, city.clock.now());
    },
    /** An account of a unit in a position, signed in. */
    async signedIn(code: string, name: UnitName, position: string): Promise<Who> {
      await office.account(code, [position]);
      await city.database.execute(
        sql`update accounts.account set unit = ${units[name].code} where code = ${code}`,
      );
      return (await office.enter(code)).who;
    },
  };
}

/** Such a city. */
export type ReadingCity = Awaited<ReturnType<typeof readingCity>>;
