import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type TestInstallation,
  collectText,
  importOrganisations,
  testInstallation,
} from '../../../tests/installation.ts';
import { sql } from '../../platform/db/index.ts';
import { loadRulebook } from '../../law/rulebook/index.ts';

const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };

/** Field types in turn, so that the items differ in shape. */
function fieldsOf(n: number) {
  const extra = [
    {
      id: 'AMOUNT',
      name: '金额',
      type: 'decimal',
      decimals: 2,
      unit: '元',
      required: 'optional',
      role: 'amount',
    },
    { id: 'NOTE', name: '说明', type: 'text', maxLength: 200, required: 'always', freeText: true },
    { id: 'COUNT', name: '数量', type: 'integer', required: 'optional' },
    { id: 'ENDED', name: '终止日期', type: 'date', required: 'optional', role: 'ended-on' },
  ];
  return [
    {
      id: 'ZTMC',
      name: '主体名称',
      type: 'text',
      maxLength: 200,
      required: 'always',
      role: 'subject-name',
    },
    {
      id: 'DM',
      name: '统一社会信用代码',
      type: 'code',
      required: 'always',
      role: 'subject-code',
      codeKind: 'uscc',
    },
    {
      id: 'WH',
      name: '文号',
      type: 'text',
      maxLength: 100,
      required: 'always',
      role: 'document-number',
    },
    { id: 'RQ', name: '认定日期', type: 'date', required: 'always', role: 'decided-on' },
    {
      id: 'DW',
      name: '认定单位',
      type: 'text',
      maxLength: 200,
      required: 'always',
      role: 'authority-name',
    },
    ...extra.slice(0, n % 5),
  ];
}

function directory(id: string, count: number): string {
  return stringify({
    kind: 'directory',
    id,
    edition: '2026',
    title: '样例补充目录',
    titleEn: 'Sample supplement',
    layer: 'city',
    jurisdiction: '320100',
    validFrom: '2026-01-01',
    validTo: null,
    authority: '样例市信用主管部门',
    citation: [],
    status: 'in-force',
    supersedes: null,
    confidence: 'confirmed',
    sources: [],
    items: Array.from({ length: count }, (_, n) => ({
      code: `${id}-${n}`,
      name: `样例事项${id}${n}`,
      nameEn: `Sample item ${n}`,
      definition: '样例',
      class: 1 + (n % 13),
      family: (['honour', 'other', 'contract', 'inspection'] as const)[n % 4],
      subjectKinds: ['organisation'],
      basis: ['government-information-disclosure-regulations#20'],
      providers: ['样例单位'],
      frequency: 'unknown',
      sharing: 'unknown',
      publicity: (['public', 'government', 'unknown'] as const)[n % 3],
      retention: 'unknown',
      nature: 'neutral',
      graded: false,
      fields: fieldsOf(n),
      status: 'effective',
      confidence: 'confirmed',
    })),
  });
}

let city: TestInstallation;
beforeAll(async () => {
  city = await testInstallation();
  await importOrganisations(city, [food]);
});
afterAll(() => city.drop());

async function addYaml(name: string, text: string) {
  const folder = resolve(city.config.varDir, 'own-rulebook/directory');
  mkdirSync(folder, { recursive: true });
  writeFileSync(resolve(folder, name), text);
  const loaded = await loadRulebook(city, [
    ...city.config.rulebookDirs,
    resolve(city.config.varDir, 'own-rulebook'),
  ]);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
  await city.reload();
}

function csvFor(n: number): string {
  const fields = fieldsOf(n);
  const value = {
    ZTMC: food.name,
    DM: food.code,
    WH: `样〔2026〕${n}号`,
    RQ: '2026-05-20',
    DW: '样例单位',
    AMOUNT: '12.50',
    NOTE: '样例说明',
    COUNT: '3',
    ENDED: '2026-12-31',
  };
  const line = (wrong: boolean) =>
    fields.map((field) => (wrong && field.id === 'WH' ? '' : value[field.id as 'WH'])).join(',');
  return [fields.map((field) => field.name).join(','), line(false), line(true)].join('\n');
}

describe('any item of the directory is collected without a line of code', () => {
  it('one item added by YAML alone', async () => {
    const before = await collectText(city, csvFor(0), { item: 'added-0' });
    expect(before).toMatchObject({ refusal: { code: 'collection.no-such-item' } });
    await addYaml('added.yaml', directory('added', 1));
    const report = await collectText(city, csvFor(0), { item: '样例事项added0' });
    expect(report).toMatchObject({ ok: true });
    if (report.ok) expect(report.value.batch.counts).toMatchObject({ accepted: 1, rejected: 1 });
  });

  it('five hundred generated items of four families and five shapes', async () => {
    await addYaml('many.yaml', directory('many', 500));
    for (let n = 0; n < 500; n += 1) {
      const report = await collectText(city, csvFor(n), { item: `many-${n}` });
      if (!report.ok) throw new Error(`${n}: ${JSON.stringify(report.refusal)}`);
      const { accepted, acceptedWithWarning, rejected } = report.value.batch.counts;
      expect([accepted + acceptedWithWarning, rejected], `item ${n}`).toEqual([1, 1]);
    }
    const [stored] = await city.database.query<{ items: number }>(sql`
      select count(distinct item)::int as items from records.statement_version where item like 'many-%'`);
    expect(stored!.items).toBe(500);
  }, 300_000);

  it('an item whose attributes nobody published is stored and shown to nobody', async () => {
    const rows = await city.database.query<{ show: string }>(sql`
      select distinct w.show::text as show from records.record_window w where item = 'many-2'`);
    expect(rows).toEqual([{ show: '{}' }]);
  });

  it('an item that rests on nothing, or on a plan, is not collected', async () => {
    const text = directory('baseless', 2).replaceAll(
      'government-information-disclosure-regulations#20',
      'suzhou-work-points-2024',
    );
    await addYaml('baseless.yaml', text);
    const report = await collectText(city, csvFor(0), { item: 'baseless-0' });
    expect(report).toMatchObject({ refusal: { code: 'directory.no-basis' } });
  });

  it('take the folder away and recorded editions stay what they are', () => {
    rmSync(resolve(city.config.varDir, 'own-rulebook'), { recursive: true });
    expect(city.rulebook().editions.some(({ document }) => document.id === 'many')).toBe(true);
  });
});
