/** The three largest lists at eight thousand rows: every row once, and no page that reads more than itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestInstallation, testInstallation } from '../../../tests/installation.ts';
import { fill, food, penaltyOf, trade } from '../../../tests/portal/api-city.ts';
import { refreshFigures } from '../../answers/portal/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Database, type Queryable, type Sql, sql } from '../../platform/db/index.ts';
import { type List, columnList, journalList, rowsList } from './lists.ts';
import { tidyLists } from './lists-data.ts';

const rows = 8_000;
/** Rows one page may touch in all tables together: itself, what belongs to its rows, what is small anyway. */
const touchedMost = 1_500;

type PlanNode = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
};

const large = /^(row_outcome|finding|reading|column_entry)/;
const asked: Sql[] = [];
let city: TestInstallation;
let lists: readonly List[];

/** The database, with every statement written down. */
function recording(database: Database): Database {
  return {
    ...database,
    query: <Row extends object>(statement: Sql) => {
      asked.push(statement);
      return database.query<Row>(statement);
    },
  };
}

beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  const numbered = (of: typeof food) =>
    Array.from({ length: 40 }, (_, n) =>
      penaltyOf(of, { 行政处罚决定书文号: `样罚〔2026〕${of.code.slice(-3)}${n}号` }),
    );
  await fill(city, [...numbered(food), ...numbered(trade)]);
  await refreshFigures(city);
  const [subject] = await city.database.query<{ id: Id }>(
    sql`select subject_id as id from subjects.subject where uscc = ${food.code}`,
  );
  const own = { ...city, database: recording(city.database) };
  const collection = { ...city.collection(), database: own.database };
  const installation = { ...own, collection: () => collection };
  lists = [
    await rowsList(installation, rows),
    await journalList(installation, rows, subject!.id),
    await columnList(installation, rows),
  ];
  await tidyLists(city);
});
afterAll(() => city.drop());

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** Every node of the plans of what was asked since. */
async function plansSince(begin: number): Promise<PlanNode[]> {
  const plans: PlanNode[] = [];
  for (const statement of asked.slice(begin)) {
    plans.push(...nodesOf(await explained(city.database, statement)));
  }
  return plans;
}

async function explained(db: Queryable, { name: _name, ...statement }: Sql): Promise<PlanNode> {
  const found = await db.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    sql`explain (analyze, format json) ${statement}`,
  );
  return found[0]!['QUERY PLAN'][0]!.Plan;
}

const touchedBy = (node: PlanNode) =>
  node['Relation Name'] === undefined
    ? 0
    : node['Actual Loops'] *
      (node['Actual Rows'] +
        (node['Rows Removed by Filter'] ?? 0) +
        (node['Rows Removed by Index Recheck'] ?? 0));

describe.each([0, 1, 2])('list %i', (number) => {
  it('shows every row once, in one order, from the first page to the last', async () => {
    const list = lists[number]!;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await list.page(after);
      seen.push(...page.keys.map((key) => `${key} ${list.pageRows === 20 ? seen.length : ''}`));
      after = page.next;
    } while (after !== null);
    expect(seen).toHaveLength(rows);
    expect(new Set(seen).size).toBe(rows);
  });

  it('is walked along an index: a page at its end reads as few rows as one at its beginning', async () => {
    const list = lists[number]!;
    const places = [
      null,
      await list.placeAfter(rows / 2),
      await list.placeAfter(rows - list.pageRows),
    ];
    for (const place of places) {
      const begin = asked.length;
      await list.page(place);
      const nodes = await plansSince(begin);
      const scans = nodes.filter((node) => large.test(node['Relation Name'] ?? ''));
      expect(scans.length).toBeGreaterThan(0);
      expect(scans.map((node) => node['Node Type'])).not.toContain('Seq Scan');
      const touched = nodes.reduce((sum, node) => sum + touchedBy(node), 0);
      expect([list.name, place, touched <= touchedMost, touched]).toEqual([
        ...[list.name, place, true],
        touched,
      ]);
      const sorted = nodes.filter((node) => /Sort/.test(node['Node Type']));
      const most = Math.max(0, ...sorted.map((node) => node['Actual Rows']));
      expect([list.name, most <= 4 * list.pageRows]).toEqual([list.name, true]);
    }
  });
});

describe('the reading of these plans', () => {
  it('finds a page cut by number', async () => {
    const byNumber = sql`
      select row_no from collection.row_outcome order by row_no offset ${rows - 50} limit 50`;
    const nodes = nodesOf(await explained(city.database, byNumber));
    expect(nodes.reduce((sum, node) => sum + touchedBy(node), 0)).toBeGreaterThan(touchedMost);
  });
});
