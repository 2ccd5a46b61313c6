/**
 * A small sample city for journeys through the portal: a database server, an installation, a web server,
 * all of them real and of their own. Some records are shown, and some must never be heard of.
 */
import { mkdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { openInstallation } from '../src/app/installation.ts';
import { sampleOrganisationCode, samplePersonalNumber } from '../src/app/sample-city/codes.ts';
import { confirmUnread } from '../src/app/sample-city/confirm.ts';
import { appOver } from '../src/app/server.ts';
import { refreshFigures } from '../src/answers/portal/index.ts';
import { usccCheck } from '../src/kernel/identifiers/uscc.ts';
import { assert } from '../src/kernel/result.ts';
import { sql } from '../src/platform/db/index.ts';
import { type TestInstallation, collectText, importOrganisations } from '../tests/installation.ts';
import { type PenaltyRow, penaltyCsv } from '../tests/penalties.ts';
import { fill, food, owner, penaltyOf, shop, trade } from '../tests/portal/api-city.ts';
import { publishedBulletinOf } from '../tests/portal/bulletin.ts';
import { testConfig } from '../tests/test-config.ts';

export { food, owner, shop, trade };

/** A code of the same region, of the reserved block. */
function codeBeside(code: string, number: number): string {
  const first17 = `${code.slice(0, 8)}${sampleOrganisationCode('MA', number)}`;
  return `${first17}${usccCheck(first17)}`;
}

/** A firm nobody has ever said anything about. */
export const quiet = {
  name: '样例市无事贸易有限公司',
  code: codeBeside(trade.code, 21),
};

/** A number that has the form of an identity number, and belongs to nobody. */
export const personalNumber = samplePersonalNumber(1);

/** Words that stand in records that are not shown, and nowhere else. */
export const hidden = { number: '样密罚', fact: '不得公示的事实' };

/** Number of the penalty the journeys read about. */
export const known = '样罚〔2026〕1号';

const hiddenRow = (org: typeof food, row: PenaltyRow): PenaltyRow =>
  penaltyOf(org, { 违法事实: hidden.fact, ...row });

/** Past its time when it came in; doubtful in its amount; and, as the firm's only record, past its time. */
const hiddenRows: readonly PenaltyRow[] = [
  hiddenRow(food, {
    行政处罚决定书文号: `${hidden.number}〔2021〕1号`,
    处罚决定日期: '2021/02/03',
  }),
  hiddenRow(food, {
    行政处罚决定书文号: `${hidden.number}〔2026〕2号`,
    处罚类别: '罚款',
    处罚内容: '罚款2000元',
    '罚款金额(万元)': '2000',
  }),
  hiddenRow(trade, {
    行政处罚决定书文号: `${hidden.number}〔2021〕3号`,
    处罚决定日期: '2021/02/03',
  }),
];

const shownRows: readonly PenaltyRow[] = [
  penaltyOf(food, { 行政处罚决定书文号: known }),
  penaltyOf(food, { 行政处罚决定书文号: '样罚〔2026〕4号', 备注: '<img src=x onerror=alert(1)>' }),
];

/** A portal that is being served. */
export type PortalCity = {
  readonly installation: TestInstallation;
  readonly origin: string;
  readonly app: ReturnType<typeof appOver>;
  /** Ids of records by document number, shown or not. */
  readonly recordIds: ReadonlyMap<string, string>;
  readonly close: () => Promise<void>;
};

async function idsOf(installation: TestInstallation): Promise<ReadonlyMap<string, string>> {
  const rows = await installation.database.query<{ number: string; id: string }>(sql`
    select distinct document_number as number, record_id as id from records.statement_version`);
  return new Map(rows.map(({ number, id }) => [number, id]));
}

async function listen(app: PortalCity['app']): Promise<{ server: ServerType; origin: string }> {
  return new Promise((listening) => {
    const server = serve(
      { fetch: app.fetch, hostname: '127.0.0.1', port: 0 },
      (info: AddressInfo) => listening({ server, origin: `http://127.0.0.1:${info.port}` }),
    );
  });
}

/** Builds the city and serves its portal. */
export async function portalCity(): Promise<PortalCity> {
  const config = { ...testConfig({ sample: true }), jurisdiction: '320100' };
  const varDir = resolve(config.varDir, 'var');
  mkdirSync(varDir);
  const opened = await openInstallation({ ...config, varDir });
  assert(opened.ok, `portal city: ${JSON.stringify(opened)}`);
  const drop = async () => {
    await opened.value.close();
    rmSync(config.varDir, { recursive: true, force: true });
  };
  const installation: TestInstallation = { ...opened.value, config, drop };
  await confirmUnread(installation);
  await installation.reload();
  await fill(installation, []);
  await importOrganisations(installation, [quiet]);
  const report = await collectText(installation, penaltyCsv([...shownRows, ...hiddenRows]), {
    item: 'penalty',
  });
  assert(report.ok, JSON.stringify(report));
  await publishedBulletinOf(installation, '2026-05');
  await refreshFigures(installation);
  const app = appOver(installation, { rate: null, checkAnswers: true });
  const { server, origin } = await listen(app);
  return {
    installation,
    origin,
    app,
    recordIds: await idsOf(installation),
    async close() {
      await new Promise((closed) => server.close(closed));
      await drop();
    },
  };
}
