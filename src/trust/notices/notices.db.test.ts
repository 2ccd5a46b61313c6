/** Letters from being written to being served, over a real database and a real mail server. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestInstallation, operatorA, testInstallation } from '../../../tests/installation.ts';
import { headerOf, mailServer, textOf } from '../../../tests/mail-server.ts';
import { enterpriseDeps } from '../../answers/my/index.ts';
import { accountDeps } from '../../answers/office/index.ts';
import { deliverDepsOf } from '../../app/notices.ts';
import { sampleOrganisationCode, sampleUscc } from '../../app/sample-city/codes.ts';
import { type Instant, instantFromMs, instantMs } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { NoticeWanted } from '../../kernel/notice.ts';
import { type Result, assert } from '../../kernel/result.ts';
import { sql } from '../../platform/db/index.ts';
import type { SmtpConfig } from '../../platform/mail.ts';
import {
  bindOrganisation,
  insertAccount,
  makeOneTimeCode,
  resetAccount,
} from '../accounts/index.ts';
import { verifyAudit } from '../audit/index.ts';
import { serviceOf } from './domain-service.ts';
import {
  acknowledgeLetter,
  addressHistory,
  committedLetters,
  committedService,
  deliverNotices,
  giveAddress,
  giveOwnAddress,
  letterWith,
  listLetters,
  openLetter,
  sendNotice,
} from './index.ts';

const start = '2026-06-01T02:00:00.000Z' as Instant;
const unit = '12320100MBXX00027M';
const late: NoticeWanted = {
  ...{ template: 'source-late', to: { kind: 'unit', code: unit }, about: 'duty:penalty' },
  values: { item: 'penalty', itemName: '行政处罚', since: '2026-05-31', reason: '五月未报' },
  by: 'system',
};
const clerk = { account: 'clerk-1', unit, positions: ['data-clerk'], organisation: null };
const stranger = { account: 'x-1', unit: 'other', positions: ['data-clerk'], organisation: null };

let city: TestInstallation;
let server: Awaited<ReturnType<typeof mailServer>>;

function must<T>(result: Result<T>): T {
  assert(result.ok, JSON.stringify(result));
  return result.value;
}
const send = (wanted: NoticeWanted): Promise<Id> =>
  city.database.transaction(async (tx) => must(await sendNotice(city.notices, tx, wanted)));
const sweep = (smtp?: SmtpConfig) =>
  deliverNotices(
    deliverDepsOf({
      ...city,
      config: { ...city.config, ...(smtp === undefined ? {} : { smtp }) },
    }),
    {
      onTrouble: (error) => {
        throw error;
      },
    },
  );
const later = (minutes: number) =>
  city.config.clock.set(instantFromMs(instantMs(city.clock.now()) + minutes * 60_000));
const history = async (id: Id) => must(await letterWith(city.database, id));
const kindsOf = async (id: Id) =>
  (await history(id)).events.map(({ kind, channel, detail }) =>
    [kind, channel, detail['reason']]
      .filter((part) => part !== null && part !== undefined)
      .join(' '),
  );

beforeAll(async () => {
  city = await testInstallation({ sample: true, confirmAll: true, now: start });
  server = await mailServer();
  const account = { code: 'clerk-1', name: '样例', unit, positions: ['data-clerk'], sample: true };
  await insertAccount(city.database, account, start);
  const asked = { actor: operatorA, reason: '单位来函' };
  const holder = { kind: 'unit', code: unit } as const;
  for (const [medium, address] of [
    ['mail', 'office@unit.example.cn'],
    ['mobile', '13900000000'],
  ] as const) {
    must(await giveAddress(city.notices, { holder, medium, address }, asked));
  }
});
afterAll(async () => {
  await server.stop();
  await city.drop();
});

describe('a letter', () => {
  it('comes by mail over TLS with the text as written, and says so in its history', async () => {
    const id = await send(late);
    await sweep(server.config);
    const [mail] = server.came;
    const { letter, service } = await history(id);
    expect([mail!.from, mail!.to]).toEqual([
      'credit@sample.example.cn',
      ['office@unit.example.cn'],
    ]);
    expect(headerOf(mail!, 'message-id')).toBe(`<${id}@xinheng.local>`);
    expect(headerOf(mail!, 'auto-submitted')).toBe('auto-generated');
    expect(headerOf(mail!, 'content-type')).toContain('text/plain');
    const text = textOf(mail!);
    expect(text.indexOf(letter.body.zh.slice(0, 20))).toBe(0);
    expect(text).toContain(letter.body.en.slice(0, 20));
    expect(text).toContain(id);
    const kinds = ['delivered office inbox', 'prepared', 'sent mail 250', 'sent sms file'];
    expect((await kindsOf(id)).sort()).toEqual(kinds);
    expect(service.channels).toEqual({ office: 'delivered', mail: 'sent', sms: 'sent' });
    // A server that took it has not served it.
    expect(service.served).toBeNull();
    const folder = resolve(city.config.varDir, 'sms-out');
    expect(readdirSync(folder)).toEqual([`${id}.json`]);
    expect(readFileSync(resolve(folder, `${id}.json`), 'utf8')).toContain('13900000000');
  });

  it('is neither lost nor sent twice when it is asked for again, or its transaction fails', async () => {
    const once = await send({ ...late, once: 'late:penalty:2026-05' });
    expect(await send({ ...late, once: 'late:penalty:2026-05' })).toBe(once);
    const before = (await listLetters(city.database, null, { after: null, most: 100 })).length;
    await city.database
      .transaction(async (tx) => {
        must(await sendNotice(city.notices, tx, late));
        throw new Error('what it told of failed');
      })
      .catch(() => undefined);
    const all = await listLetters(city.database, null, { after: null, most: 100 });
    expect(all).toHaveLength(before);
    const count = server.came.length;
    await sweep(server.config);
    await sweep(server.config);
    expect(server.came.length).toBe(count + 1);
  });

  it('is sent again under the same name after a program died between sending and noting', async () => {
    const id = await send(late);
    const deps = deliverDepsOf({ ...city, config: { ...city.config, smtp: server.config } });
    const count = server.came.length;
    const dying = {
      ...deps,
      carriers: {
        ...deps.carriers,
        mail: async (mail: Parameters<NonNullable<typeof deps.carriers.mail>>[0]) => {
          await deps.carriers.mail!(mail);
          throw new Error('killed');
        },
      },
    };
    const troubles: unknown[] = [];
    await deliverNotices(dying, { onTrouble: (error) => troubles.push(error) });
    expect([troubles.length, server.came.length]).toEqual([1, count + 1]);
    expect((await history(id)).service.channels.mail).toBe('waiting');
    later(2);
    await sweep(server.config);
    const [first, second] = server.came.slice(count);
    expect(headerOf(second!, 'message-id')).toBe(headerOf(first!, 'message-id'));
    expect((await history(id)).service.channels.mail).toBe('sent');
  });

  it('is never carried by two at once', async () => {
    await send(late);
    const count = server.came.length;
    const sweeps = await Promise.all([sweep(server.config), sweep(server.config)]);
    expect(sweeps.filter((one) => one === null).length).toBeLessThanOrEqual(1);
    await sweep(server.config);
    expect(server.came.length).toBe(count + 1);
  });
});

describe('a mail server', () => {
  it('that offers no TLS is given nothing, neither letter nor password', async () => {
    const plain = await mailServer({ tls: false });
    try {
      const id = await send(late);
      await sweep({ ...plain.config, tls: 'starttls' });
      expect(plain.came).toEqual([]);
      expect(await kindsOf(id)).toContain('tried mail ETLS 500');
    } finally {
      await plain.stop();
      await sweep(server.config);
    }
  });

  it('whose certificate nobody vouches for is given nothing', async () => {
    const count = server.came.length;
    const id = await send(late);
    await sweep({ ...server.config, ca: null });
    expect(server.came.length).toBe(count);
    expect((await kindsOf(id)).some((kind) => kind.startsWith('tried mail E'))).toBe(true);
  });

  it('that fails is asked again later and later, then the channel is given up; the letter stays', async () => {
    const id = await send(late);
    server.answerWith(451);
    for (let no = 0; no < 12; no += 1) {
      await sweep(server.config);
      later(400);
    }
    server.answerWith(null);
    const kinds = (await kindsOf(id)).filter((kind) => kind.includes('mail'));
    expect(kinds).toHaveLength(8);
    expect(kinds.at(-1)).toMatch(/^failed mail EMESSAGE 451/);
    expect(kinds.slice(0, -1).every((kind) => kind.startsWith('tried mail'))).toBe(true);
    const { service, events } = await history(id);
    expect(service.channels).toMatchObject({ office: 'delivered', mail: 'failed' });
    expect(JSON.stringify(events)).not.toContain('password');
    expect(JSON.stringify(events)).not.toContain('office@unit');
  });

  it('that refuses a letter for good is not asked again', async () => {
    const id = await send(late);
    server.answerWith(550);
    await sweep(server.config);
    server.answerWith(null);
    expect((await history(id)).service.channels.mail).toBe('failed');
  });

  it('that is not connected is said to be not connected', async () => {
    const id = await send(late);
    await sweep();
    expect(await kindsOf(id)).toContain('failed mail not-connected');
  });
});

describe('service', () => {
  it('is proved by whom a letter is for, once; to others there is no such letter', async () => {
    const id = await send(late);
    const none = { refusal: { code: 'notices.no-such-letter' } };
    expect(await openLetter(city.notices, id, stranger, 'x-1')).toMatchObject(none);
    expect(await acknowledgeLetter(city.notices, id, stranger, 'x-1')).toMatchObject(none);
    const reviewer = { ...clerk, positions: ['case-officer'] };
    expect(await openLetter(city.notices, id, reviewer, 'x-1')).toMatchObject(none);
    must(await openLetter(city.notices, id, clerk, 'clerk-1'));
    must(await openLetter(city.notices, id, clerk, 'clerk-1'));
    const asked = [1, 2, 3].map(() => acknowledgeLetter(city.notices, id, clerk, 'clerk-1'));
    const done = await Promise.all(asked);
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    const { service, events } = await history(id);
    expect(service).toMatchObject({ state: 'acknowledged', served: { by: 'acknowledgement' } });
    expect(events.filter(({ kind }) => kind === 'read')).toHaveLength(1);
    expect(events.filter(({ kind }) => kind === 'acknowledged')).toHaveLength(1);
  });

  it('is deemed on the fifth working day after delivery under a confirmed rule, and not before', async () => {
    city.config.clock.set('2026-06-15T02:00:00.000Z' as Instant);
    const id = await send(late);
    await sweep(server.config);
    city.config.clock.set('2026-06-22T15:59:00.000Z' as Instant);
    await sweep(server.config);
    const between = (await history(id)).service.served;
    // 19 June 2026 is a holiday (端午): five working days after the 15th end on the 23rd.
    expect(between).toBeNull();
    city.config.clock.set('2026-06-22T16:00:00.000Z' as Instant);
    await sweep(server.config);
    expect((await history(id)).service.served).toEqual({ by: 'deemed', on: '2026-06-23' });
  });

  it('is never deemed under a rule nobody confirmed', async () => {
    const bare = await testInstallation({ now: start });
    try {
      const id = await bare.database.transaction(async (tx) =>
        must(await sendNotice(bare.notices, tx, late)),
      );
      expect(must(await letterWith(bare.database, id)).letter.deemed).toBeNull();
    } finally {
      await bare.drop();
    }
  });
});

describe('an address', () => {
  const holder = { kind: 'organisation', code: '91320100MAXX00001A' } as const;
  const give = (address: string | null) =>
    giveOwnAddress(
      city.notices,
      { holder, medium: 'mail', address },
      { account: 'E-2222-2222-2222', address: null },
    );

  it('is replaced and never overwritten; a letter keeps the one it went to', async () => {
    must(await give('old@firm.example.cn'));
    later(24 * 60);
    must(await give('new@firm.example.cn'));
    must(await give('new@firm.example.cn'));
    const all = await addressHistory(city.notices, holder);
    expect(all.map(({ shown }) => shown)).toEqual(['o***@firm.example.cn', 'n***@firm.example.cn']);
    expect(all[0]!.lastDay! < all[1]!.fromDay).toBe(true);
    const wanted: NoticeWanted = {
      ...{ template: 'enterprise-bound', to: holder, about: 'organisation:x', by: 'system' },
      values: { organisation: holder.code, account: 'E-2222-2222-2222', at: start },
    };
    const id = await send(wanted);
    await sweep(server.config);
    expect(server.came.at(-1)!.to).toEqual(['new@firm.example.cn']);
    later(24 * 60);
    must(await give(null));
    const sent = (await history(id)).events.find(({ kind }) => kind === 'sent')!;
    expect([sent.addressId, sent.detail['to']]).toEqual([all[1]!.id, 'n***@firm.example.cn']);
    const clear = await city.database.query(
      sql`select from notices.address where encode(sealed, 'escape') like '%firm%'`,
    );
    expect(clear).toEqual([]);
  });

  it('is changed a few times a day only', async () => {
    later(24 * 60);
    for (let no = 0; no < 5; no += 1) must(await give(`a${no}@firm.example.cn`));
    expect(await give('b@firm.example.cn')).toMatchObject({
      refusal: { code: 'notices.too-many-addresses' },
    });
    must(await give(null));
    const open = (await addressHistory(city.notices, holder)).filter((one) => one.lastDay === null);
    expect(open).toEqual([]);
  });
});

describe('what is done to an account', () => {
  it('is told to whoever holds it, in the transaction it is done in', async () => {
    const code = 'sa-1';
    const positions = ['security-administrator'];
    const account = { code, name: '样例', unit, positions, sample: true };
    await insertAccount(city.database, account, city.clock.now());
    const actor = { account: code, unit, position: positions[0]! };
    must(await resetAccount(accountDeps(city), { account: 'clerk-1', actor, reason: '本人申请' }));
    const page = { after: null, most: 1 };
    const [last] = await listLetters(city.database, clerk, page);
    expect(last!.letter).toMatchObject({ template: 'account-reset', to: { code: 'clerk-1' } });
    expect(last!.letter.body.zh).toContain('sa-1');
  });

  it('is told to an organisation that was bound, and to whom it was taken from', async () => {
    const organisation = sampleUscc('91', sampleOrganisationCode('MA', 77));
    const deps = enterpriseDeps(city);
    const bind = async () => {
      const given = must(makeOneTimeCode(deps, organisation));
      const form = { organisation, code: given, name: '办公室', password: 'correct horse battery' };
      return must(await bindOrganisation(deps, form, { address: null, device: 'test' }));
    };
    const before = await bind();
    later(1);
    await bind();
    const of = { account: before.session.account, unit: null, positions: [], organisation };
    const letters = await listLetters(city.database, of, { after: null, most: 10 });
    expect(letters.map(({ letter }) => letter.template).sort()).toEqual([
      ...['enterprise-bound', 'enterprise-bound', 'enterprise-unbound'],
    ]);
  });
});

it('keeps how far each letter came as its events say it', async () => {
  const letters = await listLetters(city.database, null, { after: null, most: 500 });
  expect(letters.length).toBeGreaterThan(8);
  for (const { letter, standing } of letters) {
    const { events } = await history(letter.id);
    const { state, served } = serviceOf(letter.channels, events);
    expect([standing.state, standing.servedOn]).toEqual([state, served?.on ?? null]);
  }
});

it('can be changed by nobody; what the owner of the database changed is named', async () => {
  const tables = [committedLetters, committedService];
  expect(await verifyAudit(city.database, tables)).toMatchObject({ findings: [], missing: 0 });
  for (const table of ['letter', 'event', 'address'] as const) {
    const gone = { strings: [`delete from notices.${table}`], values: [] };
    await expect(city.database.execute(gone)).rejects.toThrow();
  }
  await city.database.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`
      update notices.letter set body_zh = '改过'
      where id = (select id from notices.letter order by id limit 1)`);
  });
  expect((await verifyAudit(city.database, tables)).findings).toMatchObject([
    { kind: 'altered', table: 'letter' },
  ]);
  expect(existsSync(resolve(city.config.varDir, 'sms-out'))).toBe(true);
});
