import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importOrganisations, testInstallation } from '../../../tests/installation.ts';
import type { TestInstallation } from '../../../tests/installation.ts';
import { authority, penaltyCsv } from '../../../tests/penalties.ts';
import { systemActor } from '../../kernel/act.ts';
import { openTable, writeXlsx } from '../../platform/spreadsheet/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Phase } from './service-receive.ts';
import { type InboxEvent, openInbox } from './service-watch.ts';

const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };
const quietMs = 60;

let city: TestInstallation;
let root: string;
let item: string;
let events: InboxEvent[];
let serial = 0;

beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, [food]);
});
afterAll(() => city.drop());
beforeEach(() => {
  serial += 1;
  root = resolve(city.config.varDir, `inbox-${serial}`);
  item = resolve(root, authority, '行政处罚');
  mkdirSync(item, { recursive: true });
  events = [];
});

/** A file of one penalty nobody sent before. */
function penalties(rows = 1): string {
  return penaltyCsv(
    Array.from({ length: rows }, () => {
      serial += 1;
      return {
        行政相对人名称: food.name,
        '行政相对人代码_1(统一社会信用代码)': food.code,
        行政处罚决定书文号: `样罚〔2026〕${serial}号`,
      };
    }),
  );
}

function inboxWith(onPhase?: (phase: Phase) => void) {
  return openInbox(city.collection(onPhase), {
    folder: root,
    actor: systemActor,
    quietMs,
    againMs: 50,
    wordsOf: ({ code }) => ({ zh: code, en: code }),
    onEvent: (event) => events.push(event),
  });
}

const { signal } = new AbortController();

/** Looks until nothing more is to be expected. */
async function settle(inbox = inboxWith(), rounds = 4): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await inbox.sweep(signal);
    await sleep(quietMs + 10);
  }
}

const inDone = () => (existsSync(resolve(item, 'done')) ? readdirSync(resolve(item, 'done')) : []);
const inRefused = (folder = item) =>
  existsSync(resolve(folder, 'refused')) ? readdirSync(resolve(folder, 'refused')) : [];
const batches = async () =>
  (
    await city.database.query<{ n: number }>(sql`select count(*)::int as n from collection.batch`)
  )[0]!.n;

describe('the watched folder', () => {
  it('takes a workbook that no longer changes, and lays the receipt and the wrong rows beside it', async () => {
    const text = penalties(2)
      .split('\n')
      .map((line) => line.split(','));
    text[2]![10 + 1] = '';
    await writeXlsx(resolve(item, '七月.xlsx'), {
      sheet: '行政处罚',
      header: text[0]!,
      rows: text.slice(1),
    });
    await settle();
    expect(events).toMatchObject([{ kind: 'collected', repeated: false }]);
    const done = inDone().sort();
    expect(done.map((name) => name.replace(/^\d{8}T\d{6}-[0-9a-f]{6}_/, ''))).toEqual([
      '七月.xlsx',
      '七月.xlsx.receipt.json',
      '七月.xlsx.wrong-rows.xlsx',
    ]);
    const receipt = JSON.parse(readFileSync(resolve(item, 'done', done[1]!), 'utf8')) as {
      counts: { received: number; rejected: number };
      receipt: { fileName: string; signature: { algorithm: string } };
    };
    expect(receipt).toMatchObject({
      counts: { received: 2, rejected: 1 },
      receipt: { fileName: '七月.xlsx', signature: { algorithm: 'ed25519' } },
    });
    const wrong = await openTable({ path: resolve(item, 'done', done[2]!) });
    expect(wrong.ok).toBe(true);
    if (wrong.ok) await wrong.value.close();
    expect(readdirSync(item).sort()).toEqual(['.taking', 'done']);
  });

  it('does not touch a file that still grows, and takes it whole afterwards', async () => {
    const text = penalties(40);
    const path = resolve(item, 'growing.csv');
    const inbox = inboxWith();
    for (let from = 0; from < text.length; from += 2_000) {
      appendFileSync(path, text.slice(from, from + 2_000));
      await inbox.sweep(signal);
      await sleep(quietMs / 3);
    }
    expect(events).toEqual([]);
    await settle(inbox);
    expect(events).toMatchObject([
      { kind: 'collected', report: { batch: { counts: { received: 40 } } } },
    ]);
  });

  it('reads a file again that changed while it was read, and enters no half of it', async () => {
    const text = penalties(30);
    const before = await batches();
    const path = resolve(item, 'slow.csv');
    writeFileSync(path, text.slice(0, 3_000));
    let wrote = false;
    const inbox = inboxWith(({ name }) => {
      if (name !== 'receiving' || wrote) return;
      // The writer wakes up in the very moment in which the file is read; its handle follows the file.
      wrote = true;
      const taken = readdirSync(resolve(item, '.taking'))[0]!;
      appendFileSync(resolve(item, '.taking', taken), text.slice(3_000));
    });
    await settle(inbox, 6);
    expect(events).toMatchObject([
      { kind: 'collected', report: { batch: { counts: { received: 30 } } } },
    ]);
    expect(await batches()).toBe(before + 1);
  });

  it('takes a file that was renamed into place, and leaves names of unfinished uploads alone', async () => {
    writeFileSync(resolve(item, 'a.csv.part'), penalties());
    writeFileSync(resolve(item, '.b.csv'), penalties());
    const inbox = inboxWith();
    await settle(inbox);
    expect(events).toEqual([]);
    renameSync(resolve(item, 'a.csv.part'), resolve(item, 'a.csv'));
    await settle(inbox);
    expect(events).toMatchObject([{ kind: 'collected' }]);
  });

  it('says of the same file again that it was received before, and changes nothing', async () => {
    const text = penalties();
    writeFileSync(resolve(item, 'a.csv'), text);
    await settle();
    const before = await batches();
    writeFileSync(resolve(item, 'a.csv'), text);
    await settle();
    expect(events).toMatchObject([
      { kind: 'collected', repeated: false },
      { kind: 'collected', repeated: true },
    ]);
    expect(await batches()).toBe(before);
    expect(inDone().filter((name) => name.endsWith('a.csv'))).toHaveLength(2);
  });

  it('refuses what is no table, an unknown item and an unknown code, each with the reason beside it', async () => {
    writeFileSync(resolve(item, 'letter.csv'), 'Sehr geehrte Damen und Herren');
    const nobody = resolve(root, '11320100MBXX000190', '行政处罚');
    const nothing = resolve(root, authority, '没有这个事项');
    for (const folder of [nobody, nothing]) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(resolve(folder, 'a.csv'), penalties());
    }
    await settle();
    expect(events.map((event) => event.kind)).toEqual(['refused', 'refused', 'refused']);
    const codes = events.map((event) => (event.kind === 'refused' ? event.refusal.code : ''));
    expect(codes.sort()).toEqual([
      'collection.header-unknown',
      'collection.no-such-item',
      'units.bad-code',
    ]);
    const [reason] = inRefused().filter((name) => name.endsWith('.refusal.json'));
    expect(JSON.parse(readFileSync(resolve(item, 'refused', reason!), 'utf8'))).toMatchObject({
      refused: 'collection.header-unknown',
    });
  });

  it('sends a file back that lies where nobody can tell what it is', async () => {
    writeFileSync(resolve(root, 'a.csv'), penalties());
    writeFileSync(resolve(root, authority, 'b.csv'), penalties());
    await settle();
    expect(events.map((event) => event.kind === 'refused' && event.refusal.code)).toEqual([
      'inbox.wrong-folder',
      'inbox.wrong-folder',
    ]);
    expect(inRefused(root)).toHaveLength(2);
    expect(inRefused(resolve(root, authority))).toHaveLength(2);
  });
});

describe('hostile files in the watched folder', () => {
  it('follows no link, neither to a file nor to a folder, and says so once', async () => {
    const secret = resolve(city.config.varDir, 'keys', 'master.key');
    symlinkSync(secret, resolve(item, 'a.csv'));
    symlinkSync(resolve(city.config.varDir, 'keys'), resolve(root, authority, 'permit'));
    symlinkSync('/', resolve(root, '11320100MBXX00020X'));
    const inbox = inboxWith();
    await settle(inbox);
    await settle(inbox);
    expect(events.every((event) => event.kind === 'refused')).toBe(true);
    expect(events).toHaveLength(3);
    expect(readFileSync(secret, 'utf8')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not wait for a pipe', async () => {
    execFileSync('mkfifo', [resolve(item, 'pipe.csv')]);
    await settle();
    expect(events).toMatchObject([{ kind: 'refused', refusal: { code: 'inbox.not-a-file' } }]);
  });

  it('takes files with odd names: line breaks, quotes, no UTF-8, very long', async () => {
    const folder = Buffer.from(`${item}/`);
    const names = [
      Buffer.from('a\nb.csv'),
      Buffer.from(`'"$(touch x);.csv`),
      Buffer.from([0x61, 0xff, 0xfe, 0x2e, 0x63, 0x73, 0x76]),
      Buffer.from(`${'长'.repeat(83)}.csv`),
    ];
    for (const name of names) writeFileSync(Buffer.concat([folder, name]), penalties());
    await settle();
    expect(events.map(({ kind }) => kind)).toEqual(Array(4).fill('collected'));
    expect(inDone().filter((name) => name.endsWith('.csv'))).toHaveLength(4);
    expect(readdirSync(item).sort()).toEqual(['.taking', 'done']);
  });

  it('goes on with the other files when one meets a fault, and tries that one again', async () => {
    let faults = 0;
    const inbox = inboxWith(({ name }) => {
      if (name === 'entered' && faults === 0) {
        faults += 1;
        throw new Error('the disk is gone');
      }
    });
    writeFileSync(resolve(item, 'a.csv'), penalties());
    writeFileSync(resolve(item, 'b.csv'), penalties());
    await settle(inbox, 6);
    expect(events.map(({ kind }) => kind)).toEqual(['fault', 'collected', 'collected']);
  });
});

describe('a watch that was killed', () => {
  const moments = ['receiving', 'entered', 'in-transaction', 'finishing', 'done'] as const;
  it.each(moments)('goes on with what it had taken: %s', async (moment) => {
    const text = penalties(3);
    writeFileSync(resolve(item, 'a.csv'), text);
    const before = await batches();
    const controller = new AbortController();
    const first = inboxWith((phase) => {
      if (phase.name === moment) controller.abort();
      // What a killed process does next is nothing.
      controller.signal.throwIfAborted();
    });
    const dies = (async () => {
      for (;;) {
        await first.sweep(controller.signal);
        await sleep(10);
      }
    })();
    await expect(dies).rejects.toThrow();
    expect(events).toEqual([]);
    await settle();
    expect(events).toMatchObject([
      { kind: 'collected', report: { batch: { counts: { received: 3, accepted: 3 } } } },
    ]);
    expect(await batches()).toBe(before + 1);
    expect(readdirSync(resolve(item, '.taking'))).toEqual([]);
  });
});
