/** A clerk's day over HTTP: sending a file, being told of every row, putting wrong ones right. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ClerkCity,
  type Told,
  clerkCity,
  row,
  sumOf,
} from '../../../../tests/office/clerk-city.ts';
import { type Who, officePath } from '../../../../tests/office/office-city.ts';
import { start, units } from '../../../../tests/office/reading-city.ts';
import { importOrganisations, operatorA } from '../../../../tests/installation.ts';
import { penaltyCsv } from '../../../../tests/penalties.ts';
import { sampleOrganisations } from '../../../../tests/workbook/organisations.ts';
import { makeWorkbook, stall } from '../../../../tests/workbook/workbook.ts';
import { recordDuties } from '../../../intake/collection/index.ts';
import type { Day, Instant } from '../../../kernel/day.ts';

let made: ClerkCity;
let clerk: Who;
let reviewer: Who;
let foreign: Who;
let officer: Who;
let { upload, get, post, finished, sendRows } = {} as ClerkCity;
const folder = mkdtempSync(join(tmpdir(), 'clerk-'));

beforeAll(async () => {
  made = await clerkCity();
  ({ clerk, reviewer, foreign, officer, upload, get, post, finished, sendRows } = made);
});
beforeEach(() => made.city.config.clock.set(start));
afterAll(async () => {
  await made.city.drop();
  rmSync(folder, { recursive: true });
});

describe('a workbook', () => {
  it('is uploaded, run beside the answers, and every row of it is accounted for', async () => {
    const organisations = sampleOrganisations(60);
    await importOrganisations(made.city, [...organisations, stall]);
    const path = join(folder, 'penalty.xlsx');
    const expected = await makeWorkbook(path, {
      ...{ kind: 'penalty', rows: 400, seed: 3, day: '2026-05-25', rounds: 2, organisations },
    });
    const sent = await upload('item=penalty&declaredRows=400', readFileSync(path), {
      name: '样例处罚.xlsx',
    });
    expect([sent.status, sent.body['repeated']]).toEqual([200, false]);
    const told = await finished(String(sent.body['batch']));
    expect(told).toMatchObject({ state: 'done', fileName: '样例处罚.xlsx', refusal: null });
    const counts = told['counts'] as Record<string, number>;
    expect(counts['received']).toBe(400);
    expect(sumOf(counts)).toBe(400);
    // Nobody was renamed here: what is only known under another name waits or is warned of.
    expect(counts['rejected']).toBe(expected.counts.R);
    expect(told['actions']).toEqual(expect.arrayContaining(['correct', 'error-workbook']));
    expect((told['findings'] as object[]).length).toBeGreaterThan(5);
    expect(told['receipt']).toMatchObject({ kind: 'xinheng-receipt', declaredRows: 400 });
    const again = await upload('item=penalty', readFileSync(path), { name: 'another.xlsx' });
    expect(again.body).toEqual({ batch: sent.body['batch'], repeated: true });
    const workbook = await made.office.app.request(
      `${officePath}/collection/batches/${String(sent.body['batch'])}/error-workbook`,
      { headers: { cookie: clerk.cookie } },
    );
    expect(workbook.headers.get('content-disposition')).toContain(
      encodeURIComponent('退回-样例处罚'),
    );
    const bytes = Buffer.from(await workbook.arrayBuffer());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(bytes.length).toBe(Number(workbook.headers.get('content-length')));
  });

  it('that no standard fits is given back whole, in words', async () => {
    const { batch } = await upload('item=penalty', '甲,乙\n1,2\n').then(({ body }) => ({
      batch: String(body['batch']),
    }));
    const told = await finished(batch);
    expect(told).toMatchObject({ state: 'refused', release: null, actions: [] });
    expect(told['refusal']).toMatchObject({ code: 'collection.header-unknown' });
  });

  it('is refused when it is too large, of another type, of no item, or of another unit', async () => {
    const many = penaltyCsv([row(900)]);
    expect((await upload('item=penalty', many, { type: 'text/csv' })).body.code).toBe(
      'http.not-bytes',
    );
    expect((await upload('item=nothing', many)).body.code).toBe('collection.no-such-item');
    expect((await upload(`item=penalty&unit=${units.foreign.code}`, many)).body.code).toBe(
      'collection.no-such-unit',
    );
    const reply = await made.office.app.request(`${officePath}/collection/files?item=penalty`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/octet-stream', 'content-length': String(2 ** 40) },
        ...{ cookie: clerk.cookie, 'x-xinheng-csrf': clerk.csrf },
      },
      body: many,
    });
    expect(reply.status).toBe(413);
    const without = await made.office.app.request(`${officePath}/collection/files?item=penalty`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', cookie: clerk.cookie },
      body: many,
    });
    expect(((await without.json()) as Told).code).toBe('accounts.bad-csrf');
    expect((await get('/collection/batches')).body['batches']).not.toContainEqual(
      expect.objectContaining({ unit: units.foreign.code }),
    );
  });
});

describe('wrong rows', () => {
  const wrong = [
    row(1),
    row(2, { 处罚决定日期: '2062/03/02' }),
    row(3, { '罚款金额(万元)': '0.2万元' }),
    row(4, { 处罚类别: '罚款,没收' }),
    row(5, { 行政相对人名称: '样例市样例无名有限公司' }),
  ];
  let batch = '';
  beforeAll(async () => {
    ({ batch } = await sendRows(wrong, '错行.csv'));
    await finished(batch);
  });
  const rowsOf = async (query = '') => {
    const { body } = await get(`/collection/batches/${batch}/rows${query}`);
    return body as unknown as {
      columns: { heading: string; field: string | null }[];
      rows: {
        row: number;
        outcome: string;
        cells: string[];
        findings: { field: string | null; advice: string }[];
        correction: { batch: string; outcome: string } | null;
      }[];
      next: number | null;
    };
  };
  const fieldOf = async (heading: string) =>
    (await rowsOf()).columns.find((column) => column.heading === heading)!.field!;

  it('come back with their cells, what is wrong in which field, and what to do', async () => {
    const { columns, rows, next } = await rowsOf();
    expect(next).toBeNull();
    expect(rows.map(({ row: no, outcome }) => [no, outcome])).toEqual([
      [3, 'R'],
      [4, 'R'],
      [5, 'R'],
      [6, 'H'],
    ]);
    const day = columns.findIndex(({ heading }) => heading === '处罚决定日期');
    expect(rows[0]!.cells[day]).toBe('2062/03/02');
    expect(rows[0]!.findings[0]!.field).toBe(columns[day]!.field);
    expect(rows[0]!.findings[0]!.advice).not.toBe('');
    expect((await rowsOf('?outcome=H')).rows.map(({ row: no }) => no)).toEqual([6]);
    expect((await rowsOf('?after=4')).rows.map(({ row: no }) => no)).toEqual([5, 6]);
  });

  it('are put right as a batch of their own; what is still wrong says so, what was sent stays', async () => {
    const [day, fine, kinds] = await Promise.all(
      ['处罚决定日期', '罚款金额(万元)', '处罚类别'].map(fieldOf),
    );
    const rows = [
      { row: 3, fields: { [day!]: '2026/03/02' } },
      { row: 4, fields: { [fine!]: '0.2' } },
      { row: 5, fields: { [kinds!]: '罚款,没收' } },
    ];
    const done = await post(`/collection/batches/${batch}/corrections`, { rows });
    expect([done.status, done.body['repeated']]).toEqual([200, false]);
    const told = done.body as unknown as {
      batch: string;
      counts: Record<string, number>;
      rows: { row: number; outcome: string; findings: object[] }[];
    };
    expect(told.counts).toMatchObject({ received: 3, rejected: 1 });
    expect(told.rows.map(({ row: no, outcome }) => [no, outcome === 'R'])).toEqual([
      [3, false],
      [4, false],
      [5, true],
    ]);
    expect(told.rows[2]!.findings.length).toBeGreaterThan(0);
    const stored = await finished(batch);
    expect(stored['counts']).toMatchObject({ received: 5, rejected: 3, held: 1 });
    const shown = (await rowsOf()).rows;
    expect(shown[0]!.correction).toMatchObject({ batch: told.batch });
    expect(shown[3]!.correction).toBeNull();
    const again = await post(`/collection/batches/${batch}/corrections`, { rows });
    expect(again.body).toMatchObject({ repeated: true, batch: told.batch });
    const line = await get(`/collection/batches/${batch}/lineage`);
    expect(line.body).toMatchObject({
      file: { name: '错行.csv' },
      corrects: [],
      correctedBy: [{ batch: told.batch, rows: 3, passed: 2 }],
      records: [{ row: 2 }],
    });
    const back = await get(`/collection/batches/${told.batch}/lineage`);
    expect(back.body).toMatchObject({
      corrects: [{ batch, rows: 3 }],
      rowsOf: [
        { row: 2, batch, ofRow: 3 },
        { row: 3, batch, ofRow: 4 },
        { row: 4, batch, ofRow: 5 },
      ],
    });
    expect((back.body['records'] as object[]).length).toBe(2);
  });

  it('are refused where they are none, twice, or of a field nobody knows', async () => {
    const day = await fieldOf('处罚决定日期');
    const send = async (rows: object[]) =>
      (await post(`/collection/batches/${batch}/corrections`, { rows })).body.code;
    const fixed = { fields: { [day]: '2026/03/02' } };
    expect(await send([{ row: 2, ...fixed }])).toBe('collection.no-such-row');
    expect(
      await send([
        { row: 3, ...fixed },
        { row: 3, ...fixed },
      ]),
    ).toBe('collection.row-twice');
    expect(await send([{ row: 3, fields: { NOTHING: '1' } }])).toBe('collection.no-such-field');
    expect(await send([])).toBe('http.bad-request');
    const many = Array.from({ length: 201 }, (_, at) => ({ row: at + 1, ...fixed }));
    expect(await send(many)).toBe('http.bad-request');
  });

  it('about a person are counted and nothing of them is kept, so that nothing is put right here', async () => {
    const natural = row(77, {
      ...{ 行政相对人名称: '样例人', 行政相对人类别: '自然人' },
      '行政相对人代码_1(统一社会信用代码)': '',
    });
    const sent = await sendRows([natural, row(78)], '自然人.csv');
    await finished(sent.batch);
    const { body } = await get(`/collection/batches/${sent.batch}/rows`);
    expect(body['rows']).toMatchObject([{ row: 2, personal: true, cells: null }]);
    expect(JSON.stringify(body)).not.toContain('样例人"');
    const rows = [{ row: 2, fields: {} }];
    const refused = await post(`/collection/batches/${sent.batch}/corrections`, { rows });
    expect(refused.body.code).toBe('collection.row-not-kept');
  });

  it('of another unit are not there, whichever way they are asked for', async () => {
    for (const tail of ['', '/rows', '/lineage', '/error-workbook']) {
      const told = await get(`/collection/batches/${batch}${tail}`, foreign);
      expect([tail, told.status, told.body.code]).toEqual([tail, 404, 'collection.no-such-batch']);
      const nobody = '00000000-0000-7000-8000-000000000000';
      const unknown = await get(`/collection/batches/${nobody}${tail}`, foreign);
      expect(unknown.body.code).toBe(told.body.code);
    }
    const rows = [{ row: 3, fields: {} }];
    const tried = await post(`/collection/batches/${batch}/corrections`, { rows }, foreign);
    expect(tried.body.code).toBe('collection.no-such-batch');
    const proposed = await post(
      `/collection/batches/${batch}/proposal`,
      { action: 'propose' },
      foreign,
    );
    expect(proposed.body.code).toBe('collection.no-such-batch');
    for (const path of ['due?', 'batches?', 'scorecard?period=2026-05&']) {
      const told = await get(`/collection/${path}unit=${units.own.code}`, foreign);
      expect([path, told.body.code]).toEqual([path, 'collection.no-such-unit']);
    }
    const { body } = await get('/collection/batches', foreign);
    expect(JSON.stringify(body)).not.toContain(units.own.code);
  });

  it('are seen by the centre, without what the standard shows to nobody, and not corrected by it', async () => {
    const told = await get(`/collection/batches/${batch}`, officer);
    expect(told.status).toBe(200);
    expect(told.body['actions']).not.toContain('correct');
    const listed = await get(`/collection/batches?unit=${units.own.code}`, officer);
    expect((listed.body['batches'] as object[]).length).toBeGreaterThan(2);
    expect((await get(`/collection/batches/${batch}/error-workbook`, officer)).status).toBe(404);
  });
});

describe('a unit', () => {
  it('is told what is due, what it sent last and what it declared', async () => {
    const duty = {
      provider: units.own.code,
      from: '2026-01-01' as Day,
      owes: true,
      ground: '样例清单',
    };
    const recorded = await recordDuties(
      made.city.collection(),
      [{ ...duty, item: 'penalty' }],
      operatorA,
    );
    expect(recorded.ok).toBe(true);
    const declared = await post('/collection/declared-counts', {
      ...{ item: 'penalty', period: '2026-05', kind: 'produced', count: 9 },
    });
    expect(declared.body).toEqual({ declared: true });
    const { body } = await get('/collection/due');
    expect(body).toMatchObject({ today: '2026-06-01', unit: { code: units.own.code } });
    expect(body['items']).toMatchObject([
      {
        item: { code: 'penalty' },
        ground: '样例清单',
        state: 'as-it-happens',
        allowance: { count: 7, unit: 'workday' },
        declared: [{ period: '2026-05', kind: 'produced', count: 9 }],
        actions: ['upload', 'declare'],
      },
    ]);
    const bad = { item: 'penalty', period: '2026-05', kind: 'not-reported', count: 1 };
    expect((await post('/collection/declared-counts', bad)).body.code).toBe(
      'collection.ground-missing',
    );
  });

  it('sees its own figures of a month, and what is not known told as such', async () => {
    const { body } = await get('/collection/scorecard?period=2026-06');
    const [source] = body['sources'] as { figures: Record<string, { state: string }> }[];
    expect(source!.figures['compliance']!.state).toBe('value');
    expect(source!.figures['reporting']!.state).toBe('UNKNOWN');
    expect((await get('/collection/scorecard?period=2027-01')).body.code).toBe('quality.not-begun');
  });

  it('looks through its batches page by page', async () => {
    const first = await get('/collection/batches');
    const ids = (first.body['batches'] as { batch: string }[]).map(({ batch }) => batch);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await get('/collection/batches?after=nonsense')).body.code).toBe('collection.bad-page');
    const { batch, receivedAt } = (first.body['batches'] as Record<string, string>[])[0]!;
    const after = encodeURIComponent(`${receivedAt} ${batch}`);
    const rest = await get(`/collection/batches?after=${after}`);
    expect((rest.body['batches'] as { batch: string }[]).map((one) => one.batch)).toEqual(
      ids.slice(1),
    );
  });
});

it('a release nobody asks for can not be proposed, and the reviewer may not propose', async () => {
  const { batch } = await sendRows([row(501)], '发布.csv');
  await finished(batch);
  const { body } = await get(`/collection/batches/${batch}`);
  expect(body['release']).toEqual({
    ...{ state: 'not-needed', proposedBy: null, withdrawalReason: null },
  });
  const path = `/collection/batches/${batch}`;
  expect((await post(`${path}/proposal`, { action: 'propose' })).body.code).toBe(
    'double-publicity.nothing-to-release',
  );
  expect((await post(`${path}/proposal`, { action: 'propose' }, reviewer)).body.code).toBe(
    'door.not-permitted',
  );
  expect((await post(`${path}/release`, { action: 'release' }, reviewer)).body.code).toBe(
    'double-publicity.nothing-proposed',
  );
});

it('a release is prepared by the clerk and made by another person, each told what he may do', async () => {
  made.city.config.clock.set('2026-11-02T02:00:00.000Z' as Instant);
  const first = await made.signedIn('clerk-3', 'own', 'data-clerk');
  const second = await made.signedIn('reviewer-3', 'own', 'data-reviewer');
  const sent = await upload(
    'item=penalty',
    penaltyCsv([row(601, { 处罚决定日期: '2026/10/30' })]),
    {
      who: first,
    },
  );
  const path = `/collection/batches/${String(sent.body['batch'])}`;
  const stand = async (who: Who) => {
    const { body } = await get(path, who);
    const acts = (body['actions'] as string[]).filter((one) => one !== 'error-workbook');
    return [(body['release'] as { state: string }).state, acts];
  };
  await finished(String(sent.body['batch']), first);
  expect([await stand(first), await stand(second)]).toEqual([
    ['waiting', ['propose']],
    ['waiting', []],
  ]);
  expect((await post(`${path}/proposal`, { action: 'propose' }, first)).body).toEqual({
    ...{ state: 'proposed', shows: false },
  });
  expect([await stand(first), await stand(second)]).toEqual([
    ['proposed', ['cancel']],
    ['proposed', ['release', 'reject']],
  ]);
  const done = await post(`${path}/release`, { action: 'release' }, second);
  expect(done.body).toEqual({ state: 'decided', shows: true });
  const released = ['released', ['propose-withdrawal']];
  expect([await stand(first), await stand(second)]).toEqual([released, released]);

  const back = { action: 'propose-withdrawal' };
  expect((await post(`${path}/proposal`, back, first)).body.code).toBe(
    'double-publicity.ground-missing',
  );
  const reason = '决定已被撤销（样例）';
  const asked = await post(`${path}/release`, { ...back, reason }, second);
  expect(asked.body).toEqual({ state: 'proposed', shows: true });
  const proposed = 'withdrawal-proposed';
  expect([await stand(first), await stand(second)]).toEqual([
    [proposed, ['cancel']],
    [proposed, ['cancel']],
  ]);
  expect((await post(`${path}/release`, { action: 'withdraw' }, second)).body.code).toBe(
    'workflow.same-person',
  );
  const third = await made.signedIn('reviewer-4', 'own', 'data-reviewer');
  expect(await stand(third)).toEqual([proposed, ['withdraw', 'reject', 'cancel']]);
  expect((await get(path, third)).body['release']).toMatchObject({ withdrawalReason: reason });
  const gone = await post(`${path}/release`, { action: 'withdraw' }, third);
  expect(gone.body).toEqual({ state: 'decided', shows: false });
  expect(await stand(first)).toEqual(['withdrawn', ['propose']]);
});
