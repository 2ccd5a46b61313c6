/**
 * The rule of docs/architecture.md "Data", read off the plans: a question about a subject starts from
 * subject_id, one about anything else from the key its table is spread by, and none scans a big table.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ApiCity,
  apiOver,
  collect,
  food,
  lightPenaltyOf,
  penaltyOf,
  recordIds,
  shop,
  subjectId,
  trade,
} from '../../../tests/portal/api-city.ts';
import { importOrganisations, testInstallation } from '../../../tests/installation.ts';
import { sampleOrganisationCode, sampleUscc } from '../../app/sample-city/codes.ts';
import { refreshFigures } from './figures/service-figures.ts';
import { type Database, type Sql, sql } from '../../platform/db/index.ts';

/** Columns by which each big table may be entered; the first is what the table is spread by. */
const entrances: Readonly<Record<string, readonly string[]>> = {
  'records.statement_version': ['subject_id'],
  'records.record_window': ['subject_id'],
  'records.mark': ['subject_id'],
  'records.record_locator': ['record_id'],
  'records.decision_act': ['decision_key'],
  'records.release': ['object_id'],
  'portal.column_entry': ['list'],
  'subjects.subject': ['subject_id'],
  'subjects.lookup_key': ['key'],
  'subjects.relation': ['from_subject', 'to_subject'],
  'subjects.search_entry': ['grams'],
  'subjects.gram': ['gram'],
};

/** Tables that stay small whatever the city: read whole, and kept in memory for a while. */
const small: ReadonlySet<string> = new Set([
  'collection.batch',
  'collection.duty_change',
  'operation.migration',
  'portal.column_choice',
  'portal.figure_run',
  'rulebook.confirmation',
  'subjects.import_run',
  'units.unit',
]);

type PlanNode = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Schema?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
};

const asked: Sql[] = [];
let api: ApiCity;

/** The database, with every statement written down. */
function recording(database: Database): Database {
  return {
    ...database,
    query: (statement) => {
      asked.push(statement);
      return database.query(statement);
    },
  };
}

beforeAll(async () => {
  const city = await testInstallation({ confirmAll: true });
  const organisations = Array.from({ length: 2_000 }, (_, n) => ({
    name: `样例市第${n}号样例机械有限公司`,
    code: sampleUscc('91', sampleOrganisationCode('MA', 1_000 + n)),
  }));
  await importOrganisations(city, [food, trade, shop, ...organisations]);
  await collect(city, [
    penaltyOf(food),
    lightPenaltyOf(food),
    ...organisations.map((org, n) =>
      penaltyOf(org, { 行政处罚决定书文号: `样罚〔2026〕${n + 10}号` }),
    ),
  ]);
  await refreshFigures(city);
  // As autovacuum leaves it: what an import added stands in the index itself, not in its waiting list.
  await city.database.execute(sql`vacuum analyze`);
  api = apiOver({ ...city, database: recording(city.database) });
});
afterAll(() => api.city.drop());

/** All scans of a plan, each with what it scans and by which condition. */
function scansOf(node: PlanNode): PlanNode[] {
  const own = node['Relation Name'] === undefined ? [] : [withCondition(node)];
  return [...own, ...(node.Plans ?? []).flatMap(scansOf)];
}

/** A bitmap's condition stands in the nodes below it. */
function withCondition(node: PlanNode): PlanNode {
  const below = (inner: PlanNode): string[] => [
    inner['Index Cond'] ?? '',
    ...(inner.Plans ?? []).flatMap(below),
  ];
  return { ...node, 'Index Cond': below(node).filter(Boolean).join(' or ') };
}

async function planOf(statement: Sql): Promise<PlanNode> {
  return api.city.database.session(async (session) => {
    // Without the easy way out, a scan is left only where no index helps.
    await session.execute(sql`set enable_seqscan = off`);
    await session.execute(sql`set enable_indexonlyscan = on`);
    const rows = await session.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      sql`explain (format json, verbose) ${statement}`,
    );
    return rows[0]!['QUERY PLAN'][0]!.Plan;
  });
}

/** Whether lines are sorted before the nearest of them are taken: that would read the whole column. */
function sortedBelowLimit(node: PlanNode): boolean {
  const children = node.Plans ?? [];
  const sorts = (child: PlanNode) =>
    child['Node Type'] === 'Sort' && JSON.stringify(child).includes('column_entry"');
  const isInner = node['Node Type'] === 'Limit' && !JSON.stringify(node).includes('CTE Scan');
  return (isInner && children.some(sorts)) || children.some(sortedBelowLimit);
}

/** What is wrong with a statement's plan; empty when nothing is. */
async function complaintsAbout(statement: Sql): Promise<string[]> {
  const text = statement.strings.join('?').replace(/\s+/g, ' ').trim();
  return scansOf(await planOf(statement)).flatMap((scan) => {
    const table = `${scan.Schema ?? '?'}.${scan['Relation Name']}`;
    if (small.has(table)) return [];
    const columns = entrances[table];
    if (columns === undefined) return [`${table} is neither big nor small: ${text}`];
    const condition = scan['Index Cond'] ?? '';
    const entered = columns.some((column) => new RegExp(`\\b${column}\\b`).test(condition));
    return entered ? [] : [`${scan['Node Type']} of ${table} (${condition}): ${text}`];
  });
}

/** Distinct statements that answering these addresses takes. */
async function statementsOf(paths: readonly string[]): Promise<Sql[]> {
  asked.length = 0;
  for (const path of paths) {
    const reply = await api.ask(path);
    expect([200, 404], path).toContain(reply.status);
  }
  const byText = new Map(asked.map((statement) => [statement.strings.join('?'), statement]));
  return [...byText.values()];
}

describe('statements of the public API at two thousand organisations', () => {
  it('about a subject and its records start from subject_id', async () => {
    const v1 = '/api/public/v1';
    const records = await recordIds(api.city, food.code);
    const statements = await statementsOf([
      `${v1}/subjects/${food.code}`,
      `${v1}/subjects/id/${await subjectId(api.city, food.code)}`,
      `${v1}/subjects/${food.code}/records?section=administration`,
      ...[...records.values()].map((id) => `${v1}/records/${id}`),
      `${v1}/records/0190a000-0000-7000-8000-000000000000`,
    ]);
    expect(statements.length).toBeGreaterThan(8);
    const complaints = await Promise.all(statements.map(complaintsAbout));
    expect(complaints.flat()).toEqual([]);
  });

  it('of a search start from a key or from grams', async () => {
    const v1 = '/api/public/v1';
    const statements = await statementsOf(
      [food.code, food.name, '样例食品', shop.name, '91320100MAXX00090O', 'ylsylsp'].map(
        (text) => `${v1}/search?q=${encodeURIComponent(text)}`,
      ),
    );
    expect(statements.length).toBeGreaterThanOrEqual(4);
    const complaints = await Promise.all(statements.map(complaintsAbout));
    expect(complaints.flat()).toEqual([]);
  });

  it('of a column walk along the index of the filter that drives, and never sort', async () => {
    const at = '/api/public/v1/publicity/penalty';
    const authority = encodeURIComponent('样例市生态环境局');
    const queries = ['', '?kind=WARNING', '?region=320100', '?region=320102', '?section=C'];
    queries.push(`?authority=${authority}`, `?authority=${authority}&kind=WARNING&region=320100`);
    for (const query of queries) {
      const statements = await statementsOf([`${at}${query}`]);
      const complaints = await Promise.all(statements.map(complaintsAbout));
      expect([query, complaints.flat()]).toEqual([query, []]);
      const walk = statements.find(({ strings }) => strings.join('').includes('with walked as'))!;
      const plan = JSON.stringify(await planOf(walk));
      expect([query, plan.includes('portal') && !plan.includes('Seq Scan')]).toEqual([query, true]);
      expect([query, sortedBelowLimit(await planOf(walk))]).toEqual([query, false]);
    }
  });

  it('a hidden record and one that never was take the same statements', async () => {
    const hidden = (await recordIds(api.city, food.code)).get('样罚〔2026〕2号')!;
    const textsOf = async (id: string) => {
      const statements = await statementsOf([`/api/public/v1/records/${id}`]);
      return statements.map(({ strings }) => strings.join('?'));
    };
    const forNone = await textsOf('0190a000-0000-7000-8000-000000000000');
    expect(await textsOf(hidden)).toEqual(forNone);
    expect(forNone).toHaveLength(2);
  });

  it('the reading of plans finds what it should: a scan, and a table nobody named', async () => {
    const scan = sql`select 1 from records.statement_version where item = ${'penalty'}`;
    expect(await complaintsAbout(scan)).toHaveLength(1);
    const unnamed = sql`select 1 from audit.act where account = ${'nobody'}`;
    expect((await complaintsAbout(unnamed)).length).toBeGreaterThan(0);
  });
});

describe('tables of subjects', () => {
  it('have subject_id first in their primary key', async () => {
    const rows = await api.city.database.query<{ name: string; first: string }>(sql`
      select n.nspname || '.' || c.relname as name, a.attname as first
      from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where i.indisprimary`);
    const keys = new Map(rows.map(({ name, first }) => [name, first]));
    for (const [table, columns] of Object.entries(entrances)) {
      expect(keys.get(table), table).toBe(
        table === 'subjects.search_entry' ? 'subject_id' : columns[0],
      );
    }
  });
});
