import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ApiCity,
  apiOver,
  collect,
  fill,
  food,
  lightPenaltyOf,
  owner,
  penaltyOf,
  recordIds,
  shop,
  subjectId,
  trade,
} from '../../../tests/portal/api-city.ts';
import { authority, operatorA, operatorB, testInstallation } from '../../../tests/installation.ts';
import { annulDecision, eraseFromRecord, keyOf, makeLawView } from '../../archive/records/index.ts';
import { makeRulebook } from '../../kernel/rulebook/rulebook.ts';
import { sql } from '../../platform/db/index.ts';
import { changeSubject } from '../../register/subjects/index.ts';
import { day } from '../../kernel/day.ts';
import { canonicalDocumentNumber } from '../../kernel/text/document-number.ts';
import type { ExplainedRecord, SearchPage, SectionPage, SubjectPage } from './contract.ts';

const v1 = '/api/public/v1';
const never = '0190a000-0000-7000-8000-000000000000';
let api: ApiCity;
beforeEach(async () => {
  api = apiOver(await testInstallation({ confirmAll: true }));
  await fill(api.city, [penaltyOf(food), lightPenaltyOf(food)]);
});
afterEach(() => api.city.drop());

const file = (code: string) => api.json<SubjectPage>(`${v1}/subjects/${code}`);
const administration = async (code: string) =>
  (await file(code)).sections.find(({ key }) => key === 'administration')!;
const section = (code: string, query: string) =>
  api.json<SectionPage>(`${v1}/subjects/${code}/records?${query}`);
const search = (text: string, page = 1) =>
  api.json<SearchPage>(`${v1}/search?q=${encodeURIComponent(text)}&page=${page}`);
const later = (text: string) => api.city.config.clock.set(`${text}T02:00:00.000Z` as never);
const idOf = async (number: string) => (await recordIds(api.city, food.code)).get(number)!;

/** What a reader can compare of a refusal: everything but its own number. */
async function refusal(path: string) {
  const reply = await api.ask(path);
  const body = (await reply.json()) as Record<string, unknown>;
  delete body['instance'];
  const headers = Object.fromEntries(reply.headers);
  delete headers['content-length'];
  return { status: reply.status, body, headers };
}

describe('a record', () => {
  it('that is shown is told with its reason, its last day and its provision', async () => {
    const id = await idOf('样罚〔2026〕1号');
    const told = await api.json<ExplainedRecord>(`${v1}/records/${id}`);
    expect(told.subject).toMatchObject({ uscc: food.code, name: food.name });
    expect(told.record).toMatchObject({ recordId: id, documentNumber: '样罚〔2026〕1号' });
    expect(told.record.window.lastDay! < told.record.window.until!).toBe(true);
    expect(told.record.provision).not.toBe(null);
    expect(told.explanation.inputs.length).toBeGreaterThan(0);
  });

  it('that is hidden can not be told from one that never was', async () => {
    const hidden = await idOf('样罚〔2026〕2号');
    expect(hidden).toMatch(/^[0-9a-f-]{36}$/);
    const refused = await refusal(`${v1}/records/${hidden}`);
    expect(refused.status).toBe(404);
    for (const id of [never, 'no-id', '%00', hidden.toUpperCase()]) {
      expect(await refusal(`${v1}/records/${id}`), id).toEqual(refused);
    }
  });

  it('that is hidden leaves no trace in the file of its subject', async () => {
    const hidden = await idOf('样罚〔2026〕2号');
    const text = JSON.stringify(await file(food.code));
    expect(text).not.toContain(hidden);
    expect(text).not.toContain('不应公示的内容');
    expect(text).not.toContain('样罚〔2026〕2号');
    expect((await administration(food.code)).shown).toBe(1);
  });

  it('hidden changes nothing at all in the answer about its subject', async () => {
    const [light, clean] = [await file(trade.code), await file(trade.code)];
    await collect(api.city, [lightPenaltyOf(trade, { 行政处罚决定书文号: '样罚〔2026〕3号' })]);
    expect(light).toEqual(clean);
    expect(await file(trade.code)).toEqual(clean);
  });

  it('of another subject is told under that subject only', async () => {
    const id = await idOf('样罚〔2026〕1号');
    expect(JSON.stringify(await file(trade.code))).not.toContain(id);
    expect((await administration(trade.code)).records).toEqual([]);
  });
});

describe('a record falls away', () => {
  it('on its day, to the day, without anything having run', async () => {
    const { record } = await api.json<ExplainedRecord>(
      `${v1}/records/${await idOf('样罚〔2026〕1号')}`,
    );
    const { lastDay, until } = record.window;
    later(lastDay!);
    expect((await administration(food.code)).shown).toBe(1);
    expect((await api.ask(`${v1}/records/${record.recordId}`)).status).toBe(200);
    later(until!);
    expect((await administration(food.code)).shown).toBe(0);
    expect(await refusal(`${v1}/records/${record.recordId}`)).toEqual(
      await refusal(`${v1}/records/${never}`),
    );
  });

  it('at midnight in UTC+8, and no copy may be kept beyond it', async () => {
    const { record } = await api.json<ExplainedRecord>(
      `${v1}/records/${await idOf('样罚〔2026〕1号')}`,
    );
    const { clock } = api.city.config;
    const path = `${v1}/subjects/${food.code}`;
    clock.set(`${record.window.lastDay}T15:59:50.000Z` as never);
    const last = await api.ask(path);
    expect(last.headers.get('cache-control')).toBe('public, max-age=10, must-revalidate');
    expect(await last.text()).toContain(record.recordId);
    clock.set(`${record.window.lastDay}T16:00:00.000Z` as never);
    const next = await api.ask(path, {
      headers: { 'if-none-match': last.headers.get('etag')! },
    });
    expect(next.status).toBe(200);
    expect(await next.text()).not.toContain(record.recordId);
  });

  it('when its decision is annulled, with everything it said', async () => {
    const id = await idOf('样罚〔2026〕1号');
    const decisionKey = keyOf('decision', [
      authority,
      canonicalDocumentNumber('样罚〔2026〕1号'),
      '2026-05-25',
    ]);
    await annulDecision(
      api.city,
      { decisionKey, effectiveOn: day('2026-06-01'), document: '撤销决定' },
      { actor: operatorA, ground: { reason: '法院判决撤销' } },
    );
    expect((await administration(food.code)).shown).toBe(0);
    expect(await refusal(`${v1}/records/${id}`)).toEqual(await refusal(`${v1}/records/${never}`));
    expect(JSON.stringify(await file(food.code))).not.toContain('样罚〔2026〕1号');
  });

  it('when the rule it rests on is taken away, although its stored window is open', async () => {
    const id = await idOf('样罚〔2026〕1号');
    expect((await api.ask(`${v1}/records/${id}`)).status).toBe(200);
    const { editions, confirmations } = api.city.rulebook();
    const less = editions.filter(({ document }) => document.kind !== 'regime');
    const law = api.city.law();
    const without = makeLawView(makeRulebook(less, confirmations), law.place, law.on, new Map());
    const other = apiOver({ ...api.city, lawKnownAt: () => Promise.resolve(without) });
    expect((await other.ask(`${v1}/records/${id}`)).status).toBe(404);
    const told = await other.json<SubjectPage>(`${v1}/subjects/${food.code}`);
    expect(told.sections.every(({ records }) => records.length === 0)).toBe(true);
  });

  it('when its stored window is gone, although the rule would still show it', async () => {
    const id = await idOf('样罚〔2026〕1号');
    await api.city.database.execute(sql`
      update records.record_window set superseded_at = recorded_at where record_id = ${id}`);
    expect((await api.ask(`${v1}/records/${id}`)).status).toBe(404);
    expect((await administration(food.code)).shown).toBe(0);
  });

  it('on the earlier of two days, where the stored window and the rule disagree', async () => {
    const id = await idOf('样罚〔2026〕1号');
    await api.city.database.execute(sql`
      update records.record_window set show = '{[2026-06-01,2026-07-01)}' where record_id = ${id}`);
    const told = await api.json<ExplainedRecord>(`${v1}/records/${id}`);
    expect(told.record.window).toEqual({
      from: '2026-06-01',
      until: '2026-07-01',
      lastDay: '2026-06-30',
    });
    later('2026-07-01');
    expect((await api.ask(`${v1}/records/${id}`)).status).toBe(404);
  });
});

describe('an erased value', () => {
  it('is gone from the file and the record, from the columns read from it too', async () => {
    const id = await idOf('样罚〔2026〕1号');
    const before = JSON.stringify(await api.json(`${v1}/records/${id}`));
    expect(before).toContain('未按规定查验进货凭证');
    const by = {
      actor: operatorB,
      ground: { provision: 'personal-information-protection-law#47', reason: '依法删除' },
    };
    const done = await eraseFromRecord(api.city, id, ['CF_SY', 'CF_WSH', 'CF_CFJG'], by);
    expect(done).toMatchObject({ ok: true });
    const after = JSON.stringify(await api.json(`${v1}/records/${id}`));
    expect(after).not.toContain('检查发现未按规定');
    expect(after).not.toContain('样罚〔2026〕1号');
    const told = await api.json<ExplainedRecord>(`${v1}/records/${id}`);
    expect(told.record).toMatchObject({ documentNumber: null, authority });
  });
});

describe('pages of a section', () => {
  beforeEach(async () => {
    const rows = Array.from({ length: 45 }, (_, n) =>
      penaltyOf(trade, {
        行政处罚决定书文号: `样罚〔2026〕${100 + n}号`,
        处罚决定日期: `2026/05/${10 + (n % 3)}`,
      }),
    );
    await collect(api.city, rows);
  });

  it('hold every record once, the newest decision first, in an order that does not change', async () => {
    const pages = [1, 2, 3].map((page) =>
      section(trade.code, `section=administration&page=${page}`),
    );
    const told = await Promise.all(pages);
    expect(told.map(({ records, more }) => [records.length, more])).toEqual([
      [20, true],
      [20, true],
      [5, false],
    ]);
    const all = told.flatMap(({ records }) => records);
    expect(new Set(all.map(({ recordId }) => recordId)).size).toBe(45);
    const days = all.map(({ decidedOn }) => decidedOn!);
    expect(days).toEqual([...days].sort().reverse());
    expect(told[0]!.shown).toBe(45);
  });

  it('behind the last one are empty, and by id they are the same', async () => {
    const id = await subjectId(api.city, trade.code);
    const first = await section(trade.code, 'section=administration&page=1');
    expect(await api.json(`${v1}/subjects/id/${id}/records?section=administration`)).toEqual(first);
    expect(await section(trade.code, 'section=administration&page=9')).toMatchObject({
      records: [],
      more: false,
    });
    expect(await section(trade.code, 'section=judicial')).toMatchObject({ records: [], shown: 0 });
  });
});

describe('finding', () => {
  const names = async (text: string) => (await search(text)).hits.map(({ name }) => name);

  it('an organisation goes by code, name, part of a name and initials', async () => {
    for (const text of [food.code, food.code.toLowerCase(), food.name, '样例食品', 'ylsylsp']) {
      expect(await names(text), text).toContain(food.name);
    }
  });

  it('an individual business goes by its code or its whole registered name, never by a part', async () => {
    expect(await names(shop.code)).toEqual([shop.name]);
    expect(await names(shop.name)).toContain(shop.name);
    for (const text of [
      '小样便利店',
      '小样便利',
      '样例市小样便利',
      'xybld',
      '便利店',
      'ylsxybld',
    ]) {
      expect(await names(text), text).not.toContain(shop.name);
    }
  });

  it('one named after its owner goes by its code only', async () => {
    expect(await names(owner.code)).toEqual([owner.name]);
    for (const text of [owner.name, '样小', 'yxl']) {
      expect(await names(text), text).not.toContain(owner.name);
    }
  });

  it('by a person’s number or telephone is refused, not repeated and not written down', async () => {
    const personal = [
      '110101199003077758',
      '１１０１０１１９９００３０７７７５８',
      '1101 0119 9003 0777 58',
      '样小例 110101199003077758',
      '13812345678',
      '138-1234-5678',
      '6222021234567890128',
      // These hold the arithmetic of an organisation's number, too; no organisation bears them.
      '110101198009105137',
      '110101900307775',
      // A slip in an identity number does not make it an organisation's.
      '110101199003077750',
    ];
    for (const text of personal) {
      const reply = await api.ask(`${v1}/search?q=${encodeURIComponent(text)}`);
      const body = await reply.text();
      expect([reply.status, JSON.parse(body).code], text).toEqual([422, 'portal.query-personal']);
      expect(body).not.toContain(text);
      const direct = await api.ask(`${v1}/subjects/${encodeURIComponent(text)}`);
      expect(direct.status, text).toBe(422);
      expect(await direct.text()).not.toContain(text);
    }
    const logged = JSON.stringify(api.entries);
    for (const text of personal) expect(logged).not.toContain(text);
  });

  it('by nothing, one character or a novel is refused with what to do', async () => {
    const code = async (text: string) =>
      (await api.json<{ code: string }>(`${v1}/search?q=${encodeURIComponent(text)}`)).code;
    expect(await code('　 ')).toBe('portal.query-empty');
    expect(await code('样')).toBe('portal.query-one-character');
    expect(await code('样例'.repeat(60))).toBe('portal.query-too-long');
    expect(await code('x'.repeat(3_000))).toBe('http.bad-request');
  });

  it('pages do not overlap', async () => {
    const first = await search('样例');
    const second = await search('样例', 2);
    const ids = [...first.hits, ...second.hits].map(({ subjectId: id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the file of a subject', () => {
  it('shows registration without the telephones somebody wrote into it', async () => {
    const told = await file(food.code);
    const address = told.registered.find(({ key }) => key === 'address')!.value!;
    expect(address).toContain('样例路1号');
    expect(address).not.toContain('13812345678');
  });

  it('of an individual business tells its place down to the county', async () => {
    const told = await file(shop.code);
    const address = told.registered.find(({ key }) => key === 'address')!.value!;
    expect(address).toBe('江苏省南京市玄武区****');
    expect(JSON.stringify(told)).not.toContain('401室');
  });

  it('never tells a representative, nor any number of a person', async () => {
    const id = await idOf('样罚〔2026〕1号');
    for (const path of [`${v1}/subjects/${food.code}`, `${v1}/records/${id}`]) {
      const text = await (await api.ask(path)).text();
      expect(text).not.toContain('样例人');
      expect(text).not.toContain('FDDBR');
    }
  });

  it('says of every section what is known, and never "clean" where nobody looked', async () => {
    const told = await file(trade.code);
    const states = Object.fromEntries(told.sections.map(({ key, state }) => [key, state]));
    expect(states).toMatchObject({ registration: 'found', administration: 'none' });
    expect(states['judicial']).toBe('not-covered');
    for (const { items, state } of told.sections) {
      if (state === 'none') expect(items.some((item) => item.state === 'none')).toBe(true);
    }
  });

  it('answers to a duplicate id as to its own, and to no id that is none', async () => {
    const [main, other] = [
      await subjectId(api.city, food.code),
      await subjectId(api.city, trade.code),
    ];
    const done = await changeSubject(
      {
        database: api.city.database,
        clock: api.city.clock,
        door: api.city.door,
        tables: api.city.linkTables,
      },
      {
        subjectId: other,
        change: { kind: 'duplicate', of: main },
        on: day('2026-06-01'),
        actor: operatorA,
        ground: { reason: '同一组织' },
      },
    );
    expect(done).toMatchObject({ ok: true });
    const told = await api.json<SubjectPage>(`${v1}/subjects/id/${other}`);
    expect(told).toMatchObject({ subjectId: main, uscc: food.code });
    expect(await refusal(`${v1}/subjects/id/${never}`)).toEqual(
      await refusal(`${v1}/subjects/id/none`),
    );
  });
});
