/** A small city with something to show and something to hide, and the public API over it. */
import { assert } from '../../src/kernel/result.ts';
import { sampleOrganisationCode, sampleUscc } from '../../src/app/sample-city/codes.ts';
import { mountApi, tellProblem } from '../../src/answers/portal/api.ts';
import { type PortalContext, rememberCityFacts } from '../../src/answers/portal/deps.ts';
import {
  type AccessEntry,
  loopback,
  makeEdge,
  makeHttpMetrics,
  readNetworks,
} from '../../src/platform/http/index.ts';
import { sql } from '../../src/platform/db/index.ts';
import { type TestInstallation, collectText, importOrganisations } from '../installation.ts';
import { type PenaltyRow, penaltyCsv } from '../penalties.ts';

export const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };
export const trade = { name: '样例市示例商贸有限公司', code: '91320100MAXX003220' };
/** An individual business with a name of its trade, and one named after its owner. */
export const shop = {
  name: '样例市小样便利店',
  code: sampleUscc('92', sampleOrganisationCode('MA', 7)),
};
export const owner = { name: '样小例', code: sampleUscc('92', sampleOrganisationCode('MA', 8)) };

/** Everything the API answered with besides the replies themselves. */
export type ApiCity = {
  readonly city: TestInstallation;
  readonly entries: readonly AccessEntry[];
  readonly faults: readonly unknown[];
  readonly ask: (path: string, asked?: Asked) => Promise<Response>;
  readonly json: <T = Record<string, unknown>>(path: string, asked?: Asked) => Promise<T>;
  readonly context: PortalContext;
};

/** A request: from where, and how. */
export type Asked = {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Address of the socket; none by default. */
  readonly from?: string;
};

/** The public API over an installation, every answer held to its contract. */
export function apiOver(city: TestInstallation): ApiCity {
  const context: PortalContext = { ...city, cityFacts: rememberCityFacts(city.database, 0) };
  const metrics = makeHttpMetrics();
  const entries: AccessEntry[] = [];
  const faults: unknown[] = [];
  const nobody = readNetworks([]);
  const local = readNetworks(loopback);
  assert(nobody.ok && local.ok, 'networks of a test');
  const edge = makeEdge({
    clock: city.clock,
    log: {
      access: (entry) => void entries.push(entry),
      fault: (_trace, error) => void faults.push(error),
    },
    metrics,
    trustedProxies: nobody.value,
    rate: null,
    addressCharsMax: 4_000,
    tell: tellProblem,
  });
  mountApi(edge, context, {
    metrics,
    trustedProxies: nobody.value,
    metricsFrom: local.value,
    checkAnswers: true,
  });
  const app = edge.close();
  const ask: ApiCity['ask'] = async (path, { from, ...init } = {}) =>
    app.request(
      path,
      init,
      from === undefined ? {} : { incoming: { socket: { remoteAddress: from } } },
    );
  return {
    city,
    context,
    entries,
    faults,
    ask,
    json: async <T>(path: string, asked?: Asked) => (await (await ask(path, asked)).json()) as T,
  };
}

/** A penalty that is shown (a heavy kind); with other kinds, one that is not. */
export const penaltyOf = (
  org: { name: string; code: string },
  row: PenaltyRow = {},
): PenaltyRow => ({
  行政相对人名称: org.name,
  '行政相对人代码_1(统一社会信用代码)': org.code,
  行政处罚决定书文号: '样罚〔2026〕1号',
  处罚类别: '警告；责令停产停业',
  处罚内容: '警告；责令停产停业',
  '罚款金额(万元)': '',
  ...row,
});

/** A penalty so light that it is not shown. */
export const lightPenaltyOf = (org: typeof food, row: PenaltyRow = {}): PenaltyRow =>
  penaltyOf(org, {
    行政处罚决定书文号: '样罚〔2026〕2号',
    处罚类别: '警告',
    处罚内容: '警告',
    违法事实: '不应公示的内容',
    ...row,
  });

/** Imports the four and collects these rows. */
export async function fill(city: TestInstallation, rows: readonly PenaltyRow[]): Promise<void> {
  await importOrganisations(city, [
    {
      ...food,
      registered_on: '2015-03-04',
      province: '江苏省',
      city: '南京市',
      address: '江苏省南京市玄武区样例路1号，电话13812345678',
    },
    trade,
    { ...shop, address: '江苏省南京市玄武区样例路2号3单元401室' },
    owner,
  ]);
  if (rows.length > 0) await collect(city, rows);
}

/** Collects penalties; every row must be taken. */
export async function collect(
  city: TestInstallation,
  rows: readonly PenaltyRow[],
  provider?: string,
): Promise<void> {
  const report = await collectText(city, penaltyCsv(rows), {
    item: 'penalty',
    ...(provider === undefined ? {} : { provider }),
  });
  assert(report.ok, JSON.stringify(report));
  const { counts } = report.value.batch;
  assert(counts.rejected + counts.held === 0, `test rows are taken: ${JSON.stringify(counts)}`);
}

/** Ids of the records of a subject by document number, shown or not. */
export async function recordIds(
  city: TestInstallation,
  code: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await city.database.query<{ number: string; id: string }>(sql`
    select distinct v.document_number as number, v.record_id as id
    from records.statement_version v join subjects.subject s on s.subject_id = v.subject_id
    where s.uscc = ${code}`);
  return new Map(rows.map(({ number, id }) => [number, id]));
}

/** Surrogate id of a subject. */
export async function subjectId(city: TestInstallation, code: string): Promise<string> {
  const rows = await city.database.query<{ id: string }>(
    sql`select subject_id as id from subjects.subject where uscc = ${code}`,
  );
  return rows[0]!.id;
}
