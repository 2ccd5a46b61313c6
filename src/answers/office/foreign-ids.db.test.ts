/** Every id a route takes, tried with another's: it is told like one that is not there, and nothing changes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClerkCity, clerkCity, row } from '../../../tests/office/clerk-city.ts';
import { common, given, inputOf, openObjectsOf, textsOf } from '../../../tests/office/given-ids.ts';
import { type Who, officePath } from '../../../tests/office/office-city.ts';
import { type UnitName, food, units } from '../../../tests/office/reading-city.ts';
import { sampleUnitCode } from '../../app/sample-city/codes.ts';
import { sql } from '../../platform/db/index.ts';
import { draftBulletin } from '../../intake/bulletin/index.ts';
import { day } from '../../kernel/day.ts';
import { recordDuties } from '../../intake/collection/index.ts';
import { must } from '../../../tests/office/reading-city.ts';
import { operatorA } from '../../../tests/installation.ts';
import { sendNotice } from '../../trust/notices/index.ts';
import { officeRoutes } from './index.ts';

type Sent = { readonly path: string; readonly body?: object; readonly bytes?: string };
type Trial = {
  readonly route: string;
  readonly param: string;
  readonly as: string;
  /** From which units another's is tried; its owner asks last. */
  readonly by: readonly UnitName[];
  readonly owner: UnitName;
  /** The other's, and one like it that is not there. */
  readonly ids: readonly [string, string];
  readonly send: (id: string) => Sent;
  /** A position in a list: even its owner is told the same whichever it is. */
  readonly place?: boolean;
};

let made: ClerkCity;
let trials: Trial[];
const signedIn = new Map<string, Who>();
const foreigners = ['sibling', 'foreign'] as const;
const nowhere = sampleUnitCode('11', 'MB', 99);
const reason = '样例';
// The last digit counts: an id of the same time and place, and of nothing.
const near = (id: string) => id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');
const nameOf = (route: { readonly method: string; readonly path: string }) =>
  `${route.method} ${route.path}`;

async function who(as: string, unit: UnitName): Promise<Who> {
  const key = `fi-${as}-${unit}`;
  const known = signedIn.get(key);
  if (known !== undefined) return known;
  const fresh = await made.signedIn(key, unit, as);
  signedIn.set(key, fresh);
  return fresh;
}

async function ask(route: string, sent: Sent, by: Who) {
  const method = route.split(' ')[0]!;
  const { path, body, bytes } = sent;
  const type = bytes === undefined ? 'application/json' : 'application/octet-stream';
  const reply = await made.office.app.request(`${officePath}${path}`, {
    method,
    headers: {
      ...{ cookie: by.cookie, 'x-xinheng-csrf': by.csrf },
      ...(method === 'GET' ? {} : { 'content-type': type }),
    },
    ...(method === 'GET' ? {} : { body: bytes ?? JSON.stringify(body ?? {}) }),
  });
  const text = await reply.text();
  return { status: reply.status, text, code: /"code":"([a-z-]+\.[a-z-]+)"/.exec(text)?.[1] };
}

/** Everything that is kept, but what tells of the asking itself. */
async function kept(): Promise<Record<string, string>> {
  const tables = await made.city.database.query<{ name: string }>(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'transparency_log')
      and tablename !~ '^event' and (schemaname, tablename) <> ('accounts', 'session')
    order by 1`);
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const [found] = await made.city.database.query<{ digest: string }>(sql`
      select md5(coalesce(xml::text, '')) as digest
      from query_to_xml(${`select md5(string_agg(t::text, '|' order by t::text)) from ${name} t`}, true, true, '') as xml`);
    digests[name] = found!.digest;
  }
  return digests;
}

async function findIds() {
  const { city, sendRows, finished, get, clerk } = made;
  const duty = { item: 'penalty', from: day('2026-01-01'), owes: true, ground: '样例任务书' };
  const owed = [units.own, units.foreign].map(({ code }) => ({ ...duty, provider: code }));
  must(await recordDuties(city.collection(), owed, operatorA));
  const wrong = [
    row(71, { 处罚决定日期: '2062/03/02' }),
    row(72, { 行政相对人名称: '样例食品公司' }),
  ];
  const { batch } = await sendRows(wrong, '别家.csv');
  const { receivedAt } = (await finished(batch)) as unknown as { receivedAt: string };
  const [review] = await city.database.query<{ id: string }>(sql`
    select review_id as id from collection.held_row where batch_id = ${batch}`);
  const [record] = await city.database.query<{ id: string }>(sql`
    select distinct record_id as id from records.statement_version
    where document_number like '样罚〔2026〕1号%'`);
  const { devices } = (await get('/session/devices', clerk)).body as unknown as {
    devices: { id: string }[];
  };
  const deps = { ...city, place: city.config.jurisdiction };
  const drafted = await draftBulletin(deps, { period: '2026-04', actor: operatorA, reason });
  expect(drafted).toMatchObject({ ok: true });
  const letter = await city.database.transaction((tx) =>
    sendNotice(city.notices, tx, {
      ...{ template: 'source-late', to: { kind: 'unit', code: units.own.code } },
      values: { item: 'penalty', itemName: '行政处罚', since: '2026-05-31', reason },
      ...{ about: 'duty:penalty', by: 'system' },
    }),
  );
  return {
    ...{ batch, receivedAt, review: review!.id, record: record!.id, session: devices[0]!.id },
    letter: must(letter),
  };
}

beforeAll(async () => {
  made = await clerkCity();
  const ids = await findIds();
  const of = (id: string): readonly [string, string] => [id, near(id)];
  const unit = [units.own.code, nowhere] as const;
  const batch = of(ids.batch);
  const item = (more: string) => (id: string) => ({ path: `/collection/batches/${id}${more}` });
  const tried = (
    route: string,
    param: string,
    more: Pick<Trial, 'as' | 'ids' | 'send'> & Partial<Trial>,
  ): Trial => ({ route, param, by: foreigners, owner: 'own', ...more });
  const ofUnit = (route: string, send: (id: string) => Sent, as = 'data-clerk') =>
    tried(route, 'unit', { as, ids: unit, send });
  const ofBatch = (route: string, more: string, body?: object, as = 'data-clerk') =>
    tried(route, 'id', {
      ...{ as, ids: batch },
      send: (id) => ({ ...item(more)(id), ...(body === undefined ? {} : { body }) }),
    });
  // A district's centre reaches its district, so that of another district tries; the city's centre owns.
  const district = { by: ['foreign'], owner: 'centre' } as const;
  const ofReview = (route: string, more: string, body?: object, as = 'centre-officer') =>
    tried(route, 'id', {
      ...{ ...district, as, ids: of(ids.review) },
      send: (id) => ({
        path: `/link-reviews/${id}${more}`,
        ...(body === undefined ? {} : { body }),
      }),
    });
  const centreOf = (route: string, send: (id: string) => Sent, more: Partial<Trial>) =>
    tried(route, 'period', {
      ...{ ...district, as: 'centre-officer', ids: ['2026-04', '2026-05'], send, ...more },
    });
  const correction = { rows: [{ row: 1, fields: { reason: 'x' } }] };
  trials = [
    tried('DELETE /session/{id}', 'id', {
      ...{ as: 'data-clerk', ids: of(ids.session) },
      send: (id) => ({ path: `/session/${id}` }),
    }),
    tried('GET /queue/{kind}/{id}', 'id', {
      ...{ ...district, as: 'centre-officer', ids: of(ids.review) },
      send: (id) => ({ path: `/queue/link-review/${id}` }),
    }),
    tried('GET /notices/{id}', 'id', {
      ...{ as: 'data-clerk', ids: of(ids.letter), send: (id) => ({ path: `/notices/${id}` }) },
    }),
    tried('POST /notices/{id}/acknowledge', 'id', {
      ...{ as: 'data-clerk', ids: of(ids.letter) },
      send: (id) => ({ path: `/notices/${id}/acknowledge` }),
    }),
    ofUnit('GET /collection/due', (id) => ({ path: `/collection/due?unit=${id}` })),
    ofUnit('POST /collection/files', (id) => ({
      ...{ path: `/collection/files?item=penalty&unit=${id}`, bytes: '甲,乙\n1,2\n' },
    })),
    ofUnit('GET /collection/batches', (id) => ({ path: `/collection/batches?unit=${id}` })),
    tried('GET /collection/batches', 'after', {
      ...{ as: 'data-clerk', ids: batch, place: true },
      send: (id) => ({
        path: `/collection/batches?after=${encodeURIComponent(`${ids.receivedAt} ${id}`)}`,
      }),
    }),
    ofBatch('GET /collection/batches/{id}', ''),
    ofBatch('GET /collection/batches/{id}', '', undefined, 'data-reviewer'),
    ofBatch('GET /collection/batches/{id}/rows', '/rows'),
    ofBatch('GET /collection/batches/{id}/error-workbook', '/error-workbook'),
    ofBatch('POST /collection/batches/{id}/corrections', '/corrections', correction),
    ofBatch('GET /collection/batches/{id}/lineage', '/lineage'),
    ofBatch('POST /collection/batches/{id}/proposal', '/proposal', { action: 'propose' }),
    ofBatch(
      'POST /collection/batches/{id}/release',
      '/release',
      { action: 'release' },
      'data-reviewer',
    ),
    ...['', '/rows', '/lineage', '/error-workbook'].map((more) => ({
      ...ofBatch(`GET /collection/batches/{id}${more}`, more, undefined, 'centre-officer'),
      ...(more === '/error-workbook' ? { by: [...foreigners, 'centre'] as const } : district),
    })),
    {
      ...ofUnit(
        'GET /collection/due',
        (id) => ({ path: `/collection/due?unit=${id}` }),
        'centre-officer',
      ),
      ...district,
    },
    ofUnit('GET /collection/scorecard', (id) => ({
      path: `/collection/scorecard?period=2026-06&unit=${id}`,
    })),
    ofUnit('GET /sources/{unit}', (id) => ({ path: `/sources/${id}` })),
    ofUnit('GET /sources/{unit}/batches', (id) => ({ path: `/sources/${id}/batches` })),
    tried('GET /sources/{unit}/batches', 'after', {
      ...{ as: 'data-clerk', ids: batch, by: ['foreign'], place: true },
      send: (id) => ({ path: `/sources/${units.foreign.code}/batches?after=${id}` }),
    }),
    tried('GET /sources', 'after', {
      ...{ as: 'data-clerk', ids: unit, place: true, by: ['foreign'] },
      send: (id) => ({
        path: `/sources?after=${encodeURIComponent(`0 2020-01-01 ${id} penalty`)}`,
      }),
    }),
    ofUnit('GET /quality/{period}', (id) => ({ path: `/quality/2026-05?unit=${id}` })),
    ofUnit('GET /quality/{period}/rows', (id) => ({
      path: `/quality/2026-05/rows?figure=received&unit=${id}`,
    })),
    tried('GET /quality/{period}/rows', 'after', {
      ...{ as: 'data-clerk', ids: batch, by: ['foreign'], place: true },
      send: (id) => ({
        path: `/quality/2026-05/rows?figure=received&unit=${units.foreign.code}&after=${id}.1`,
      }),
    }),
    ofReview('GET /link-reviews/{id}', ''),
    ofReview('GET /link-reviews/{id}/subjects', `/subjects?q=${food.code}`),
    ofReview('POST /link-reviews/{id}/proposals', '/proposals', {
      ...{ action: 'propose-link', subject: made.idOf(food.code), reason },
    }),
    ofReview(
      'POST /link-reviews/{id}/decisions',
      '/decisions',
      { action: 'confirm', reason },
      'centre-reviewer',
    ),
    tried('GET /link-reviews', 'after', {
      ...{ ...district, as: 'centre-officer', ids: of(ids.review), place: true },
      send: (id) => ({ path: `/link-reviews?after=${id}` }),
    }),
    tried('POST /records/{id}/link-undo', 'id', {
      ...{ ...district, as: 'centre-officer', ids: of(ids.record) },
      send: (id) => ({ path: `/records/${id}/link-undo`, body: { reason } }),
    }),
    tried('GET /waiting-releases', 'after', {
      ...{ ...district, as: 'centre-officer', ids: batch, place: true },
      send: (id) => ({ path: `/waiting-releases?after=${id}` }),
    }),
    centreOf('GET /bulletins/{period}', (id) => ({ path: `/bulletins/${id}` }), {}),
    centreOf(
      'POST /bulletins/{period}/decisions',
      (id) => ({ path: `/bulletins/${id}/decisions`, body: { action: 'publish', reason } }),
      { as: 'centre-reviewer' },
    ),
    centreOf(
      'POST /bulletins/{period}/steps',
      (id) => ({ path: `/bulletins/${id}/steps`, body: { action: 'cancel', reason } }),
      {},
    ),
    centreOf(
      'POST /bulletins/{period}/decisions',
      (id) => ({
        path: '/bulletins/2026-04/decisions',
        body: { action: 'uphold', unit: id, reason },
      }),
      { as: 'centre-reviewer', param: 'unit', ids: unit, place: true },
    ),
  ];
});
afterAll(() => made.city.drop());

describe('what callers may name', () => {
  it('is in the table that was reviewed by hand, every text of every route', () => {
    const found = officeRoutes.map((route) => [nameOf(route), textsOf(inputOf(route)).sort()]);
    const known = Object.entries(given).map(([name, texts]) => [name, Object.keys(texts).sort()]);
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(found));
    const kinds = new Set(Object.values(given).flatMap((texts) => Object.values(texts)));
    expect([...kinds].sort()).toEqual(['text', 'tried', ...Object.keys(common)].sort());
  });

  it('is tried wherever it may be another’s', () => {
    const wanted = Object.entries(given).flatMap(([route, texts]) =>
      Object.entries(texts).flatMap(([param, kind]) =>
        kind === 'tried' ? [`${route} ${param}`] : [],
      ),
    );
    const tried = new Set(trials.map(({ route, param }) => `${route} ${param}`));
    expect([...tried].sort()).toEqual(wanted.sort());
  });
});

describe('another’s', () => {
  const told = (id: string, { status, text }: { status: number; text: string }) => [
    status,
    text.replaceAll(id, '{id}').replaceAll(/urn:uuid:[0-9a-f-]{36}/g, ''),
  ];

  it('is told like what is not there, to a sibling and to a foreign unit, and nothing changes', async () => {
    for (const { as, by, owner } of trials) {
      for (const unit of [...by, owner]) await who(as, unit);
    }
    const before = await kept();
    for (const { route, param, as, by, ids, send, place } of trials) {
      const contract = officeRoutes.find((one) => nameOf(one) === route)!;
      for (const unit of by) {
        const [real, none] = [
          await ask(route, send(ids[0]), await who(as, unit)),
          await ask(route, send(ids[1]), await who(as, unit)),
        ];
        const which = [route, param, as, unit];
        expect([...which, ...told(ids[0], real)]).toEqual([...which, ...told(ids[1], none)]);
        if (place === true) continue;
        expect([...which, real.status]).toEqual([...which, real.status === 403 ? 403 : 404]);
        expect([...which, contract.refusals.includes(real.code as never)]).toEqual([
          ...which,
          true,
        ]);
      }
    }
    expect(await kept()).toEqual(before);
  });

  it('is there for whoever it belongs to: what was tried is no mistake of the trial', async () => {
    const last = ['DELETE /session/{id}'];
    for (const { route, param, as, owner, ids, send, place } of trials) {
      if (place === true || last.includes(route)) continue;
      const [real, none] = [
        await ask(route, send(ids[0]), await who(as, owner)),
        await ask(route, send(ids[1]), await who(as, owner)),
      ];
      const which = [route, param, as];
      const [one, other] = [told(ids[0], real), told(ids[1], none)].map(String);
      expect(one, which.join(' ')).not.toBe(other);
    }
    const ended = trials.find(({ route }) => route === last[0])!;
    expect((await ask(ended.route, ended.send(ended.ids[0]), made.clerk)).status).toBe(200);
  });
});

describe('fields nobody asked for', () => {
  const extra = ['positions', 'unit', 'sample', 'state', 'id', 'account', '__proto__'] as const;

  it('are refused by every contract, at every depth', () => {
    for (const route of officeRoutes) {
      const open = openObjectsOf(inputOf(route));
      // New values of a row, by the id of the field: which ones there are is looked up in the standard.
      const known = nameOf(route).endsWith('/corrections') ? ['.rows[].fields'] : [];
      expect([nameOf(route), open]).toEqual([nameOf(route), known]);
    }
  });

  it('are refused over HTTP, whoever sends them, and a name of the path is not overwritten', async () => {
    const before = await kept();
    const positions = made.city.positions().filter(({ code }) => code !== 'system');
    await made.office.account(
      'fi-everything',
      positions.map(({ code }) => code),
    );
    const { who: all } = await made.office.enter('fi-everything');
    const after = await kept();
    for (const route of officeRoutes) {
      if (route.method === 'GET' || route.body === 'bytes') continue;
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!);
      const path = route.path.replaceAll(/\{\w+\}/g, '00000000-0000-7000-8000-000000000000');
      const named = Object.keys(inputOf(route).properties ?? {});
      for (const name of extra.filter((one) => !named.includes(one))) {
        const body = JSON.parse(`{${JSON.stringify(name)}: "x"}`) as object;
        const { status, code } = await ask(nameOf(route), { path, body }, all);
        expect([nameOf(route), name, status, code]).toEqual([
          ...[nameOf(route), name, 400, 'http.bad-request'],
        ]);
      }
      expect(inPath.every((name) => named.includes(name))).toBe(true);
    }
    expect(await kept()).toEqual(after);
    expect(Object.keys(before)).toEqual(Object.keys(after));
  });
});
