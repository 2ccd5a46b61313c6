/** The log over a real database: nothing is lost or doubled, and whoever rewrites it is named. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/database/index.ts';
import { readLog } from '../../../tests/log-checker.ts';
import type { Instant } from '../../kernel/day.ts';
import { type Result, assert } from '../../kernel/result.ts';
import { fixedClock, freshId } from '../../platform/clock.ts';
import { softwareCrypto } from '../../platform/crypto/index.ts';
import { type Database, sql } from '../../platform/db/index.ts';
import { freshBytes } from '../../platform/random.ts';
import { folderSource } from './log-files.ts';
import { checkLog } from './service-check.ts';
import { cosignatureOf } from './service-cosign.ts';
import { type MonitorDeps, lookAtLog } from './service-monitor.ts';
import { type LogDeps, withSequencer } from './service-sequence.ts';
import { makeWitness } from './service-witness.ts';
import { readCheckpoint } from './domain-published.ts';
import { addCheckpointText } from './domain-witness.ts';
import { consistencyProof } from './service-prove.ts';
import { keepingReader } from './log-files.ts';
import { treeHash } from './domain-tree.ts';
import { logVerifier, witnessVerifier } from './signer.ts';
import { insertCommitments, lastCheckpoint, readHead } from './store.ts';

const origin = 'sample.example/log';
const start = '2026-06-01T02:00:00.000Z' as Instant;
const clock = fixedClock(start);

let folder: string;
let database: Database;
let drop: () => Promise<void>;
let deps: LogDeps;
let monitor: MonitorDeps;

const within = (name: string) => resolve(folder, name);

beforeEach(async () => {
  folder = mkdtempSync(resolve(tmpdir(), 'xinheng-log-'));
  ({ database, drop } = await testDatabase());
  // The template was made with acts of its own.
  await owner(sql`delete from transparency_log.commitment`);
  clock.set(start);
  const crypto = softwareCrypto(within('keys'));
  deps = { database, clock, crypto, folder: within('log'), origin, hash: 'sha256' };
  monitor = {
    ...{ source: folderSource(within('log')), clock, folder: within('monitor') },
    ...{ log: logVerifier(crypto, origin), hash: 'sha256', witnesses: [], witnessesLeast: 0 },
    allowSeconds: 600,
  };
});
afterEach(async () => {
  await drop();
  rmSync(folder, { recursive: true, force: true });
});

function must<T>(result: Result<T>): T {
  assert(result.ok, JSON.stringify(result));
  return result.value;
}

/** Commits to so many things, a second apart. */
async function commit(count: number): Promise<void> {
  const commitments = Array.from({ length: count }, () => {
    clock.set(new Date(Date.parse(clock.now()) + 1000).toISOString() as Instant);
    return {
      ...{ id: freshId(clock), kind: 'act' as const, objectId: freshId(clock) },
      ...{ commitment: freshBytes(32), at: clock.now() },
    };
  });
  await database.transaction((tx) => insertCommitments(tx, commitments));
}

/** Takes everything that waits. */
async function takeAll(of: LogDeps = deps): Promise<Result<number | null>> {
  const ran = await withSequencer(of, async (sequencer) => {
    let all = 0;
    for (;;) {
      const taken = await sequencer.take(1000);
      if (!taken.ok) return taken;
      if (taken.value === 0) return { ok: true, value: all } as const;
      all += taken.value;
    }
  });
  if (!ran.ok) return ran;
  return ran.value ?? { ok: true, value: null };
}

/** As a stranger reads it, with a checker that knows nothing of the product. */
function readAsStranger() {
  const read = (path: string) => {
    try {
      return readFileSync(within(`log/${path}`));
    } catch {
      return null;
    }
  };
  return readLog(read, { name: origin, pem: deps.crypto.publicKey().key });
}

const findings = async () => {
  const { findings: found } = must(await lookAtLog(monitor));
  return found.map(({ kind, position }) => [kind, position]);
};

describe('the sequencer', () => {
  it('gives every commitment one position, and shows them so that a stranger can check all', async () => {
    await commit(700);
    expect(await takeAll()).toEqual({ ok: true, value: 700 });
    await commit(3);
    expect(await takeAll()).toEqual({ ok: true, value: 3 });
    const { size, entries } = readAsStranger();
    expect(size).toBe(703);
    const rows = await database.query<{ position: string; commitment: Buffer }>(sql`
      select c.position::text, c.commitment
      from transparency_log.commitment c order by c.position`);
    expect(rows.map(({ position }) => Number(position))).toEqual(rows.map((_, no) => no));
    expect(entries.map((entry) => entry.subarray(9).toString('hex'))).toEqual(
      rows.map(({ commitment }) => commitment.toString('hex')),
    );
  });

  it('takes what was committed late although older ones have their positions', async () => {
    await commit(5);
    must(await takeAll());
    clock.set(start);
    await commit(1);
    expect(await takeAll()).toEqual({ ok: true, value: 1 });
    expect(readAsStranger().size).toBe(6);
  });

  it('is one at a time; one that was superseded writes nothing any more', async () => {
    await commit(4);
    const first = await withSequencer(deps, async (sequencer) => {
      expect(await takeAll()).toEqual({ ok: true, value: null });
      await database.execute(sql`update transparency_log.head set epoch = epoch + 1`);
      return sequencer.take();
    });
    expect(first).toMatchObject({ value: { ok: false, refusal: { code: 'log.superseded' } } });
    expect(await readHead(database)).toMatchObject({ size: 0 });
    expect(await takeAll()).toEqual({ ok: true, value: 4 });
  });

  it('signs no older time after its clock was set back, and loses nothing', async () => {
    await commit(3);
    must(await takeAll());
    const before = (await lastCheckpoint(database))!.signedAt;
    clock.set('2020-01-01T00:00:00.000Z' as Instant);
    await commit(2);
    must(await takeAll());
    const after = await lastCheckpoint(database);
    expect(after).toMatchObject({ size: 5, signedAt: before });
    expect(readAsStranger().size).toBe(5);
  });

  it('makes its files anew from the database, byte for byte, when they are lost', async () => {
    await commit(300);
    must(await takeAll());
    const tile = readFileSync(within('log/tile/0/000'));
    rmSync(within('log'), { recursive: true });
    await commit(1);
    must(await takeAll());
    expect(readFileSync(within('log/tile/0/000'))).toEqual(tile);
    expect(readAsStranger().size).toBe(301);
  });

  it('signs nothing when what was signed does not follow from what is here', async () => {
    await commit(20);
    must(await takeAll());
    rmSync(within('log/tile'), { recursive: true });
    await owner(
      sql`update transparency_log.commitment set commitment = sha256('x') where position = 3`,
    );
    expect(await takeAll()).toMatchObject({ ok: false, refusal: { code: 'log.altered' } });
  });
});

/** What nobody but the owner of the database can do: with its triggers out of the way. */
async function owner(...statements: Parameters<Database['execute']>[0][]): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const statement of statements) await tx.execute(statement);
  });
}

/** The database as it was when the log had so many leaves: rows made since are gone. */
const restoreTo = (size: number) =>
  owner(
    sql`delete from transparency_log.commitment where position >= ${size} or position is null`,
    sql`delete from transparency_log.checkpoint where size > ${size}`,
    sql`update transparency_log.head set size = ${size}`,
  );

describe('a log after its database was restored', () => {
  it('keeps what it showed, counts what was lost, and goes on from there', async () => {
    await commit(10);
    must(await takeAll());
    await commit(290);
    must(await takeAll());
    expect(await findings()).toEqual([]);
    await restoreTo(10);
    await commit(5);
    expect(await takeAll()).toEqual({ ok: true, value: 5 });
    expect(readAsStranger().size).toBe(305);
    expect(await findings()).toEqual([]);
    const [lost] = await database.query<{ lost: number }>(sql`
      select count(*)::int as lost from transparency_log.commitment where kind = 'lost'`);
    expect(lost!.lost).toBe(290);
  });

  it('signs nothing below what a witness has signed', async () => {
    await commit(10);
    must(await takeAll());
    await restoreTo(4);
    rmSync(within('log'), { recursive: true });
    const refused = await takeAll({ ...deps, witnessed: () => Promise.resolve(10) });
    expect(refused).toMatchObject({
      ok: false,
      refusal: { code: 'log.behind-witness', params: { size: 4, witnessed: 10 } },
    });
  });
});

/** The log made anew from the database by whoever owns database and key. */
async function rewrite(): Promise<void> {
  await owner(
    sql`with n as (select id, row_number() over (order by position) - 1 as no
                   from transparency_log.commitment where position is not null)
        update transparency_log.commitment c set position = -1 - n.no from n where n.id = c.id`,
    sql`update transparency_log.commitment set position = -1 - position where position < 0`,
    sql`delete from transparency_log.checkpoint`,
    sql`update transparency_log.head set size = (select count(*) from transparency_log.commitment
                                                  where position is not null)`,
  );
  rmSync(within('log'), { recursive: true });
  must(await takeAll());
}

const swap = [
  sql`update transparency_log.commitment set position = -1 where position = 7`,
  sql`update transparency_log.commitment set position = 7 where position = 9`,
  sql`update transparency_log.commitment set position = 9 where position = -1`,
];

describe('the owner of database and key', () => {
  it.each([
    [
      'deletes a leaf',
      [sql`delete from transparency_log.commitment where position = 7`],
      'deleted',
      7,
    ],
    [
      'edits one',
      [sql`update transparency_log.commitment set commitment = sha256('x') where position = 7`],
      'edited',
      7,
    ],
    [
      'dates one back',
      [sql`update transparency_log.commitment set at = at - interval '1 day' where position = 7`],
      'dated-otherwise',
      7,
    ],
    ['moves one before another', swap, 'reordered', 7],
  ] as const)(
    '%s: the monitor says so, and the witness signs nothing',
    async (_, done, kind, at) => {
      await commit(20);
      must(await takeAll());
      const { ask } = witnessOf();
      expect((await ask()).status).toBe(200);
      expect(await findings()).toEqual([]);
      await commit(3);
      await owner(...done);
      await rewrite();
      expect((await findings()).slice(-1)).toEqual([[kind, at]]);
      expect([409, 422]).toContain((await ask()).status);
      // What was found is found again: the copy does not follow what it does not believe.
      expect((await findings()).slice(-1)).toEqual([[kind, at]]);
    },
  );

  it('changes the database alone: it does not fit what was shown', async () => {
    await commit(20);
    must(await takeAll());
    expect(must(await checkLog(deps))).toMatchObject({ difference: null, rootHolds: true });
    await owner(
      sql`update transparency_log.commitment set at = at - interval '1 day' where position = 7`,
    );
    expect(must(await checkLog(deps))).toMatchObject({
      difference: { kind: 'dated-otherwise', position: 7 },
    });
    await owner(sql`delete from transparency_log.commitment where position = 5`);
    expect(must(await checkLog(deps))).toMatchObject({
      difference: { kind: 'deleted', position: 5 },
    });
  });

  it('appends a leaf that says it is old: the monitor names it', async () => {
    await commit(20);
    must(await takeAll());
    expect(await findings()).toEqual([]);
    const now = clock.now();
    clock.set('2026-03-01T00:00:00.000Z' as Instant);
    await commit(1);
    clock.set(now);
    must(await takeAll());
    expect(await findings()).toEqual([['back-dated', 20]]);
  });

  it('shows a shorter log: the monitor names it', async () => {
    await commit(20);
    must(await takeAll());
    expect(await findings()).toEqual([]);
    await restoreTo(10);
    rmSync(within('log'), { recursive: true });
    await rewrite2();
    expect(await findings()).toEqual([['shrunk', 10]]);
  });

  it('shows two views of one size: one witness can not have signed both', async () => {
    await commit(20);
    must(await takeAll());
    const { ask } = witnessOf();
    expect((await ask()).status).toBe(200);
    await owner(
      sql`update transparency_log.commitment set commitment = sha256('y') where position = 19`,
    );
    await rewrite();
    expect((await ask()).status).toBe(409);
  });
});

const rewrite2 = async () => {
  await owner(sql`delete from transparency_log.checkpoint`);
  must(await takeAll());
};

/** A witness of this log, asked as the log asks. */
function witnessOf() {
  const crypto = softwareCrypto(within('witness-keys'));
  const name = 'witness.example';
  const log = logVerifier(deps.crypto, origin);
  const witness = makeWitness({
    ...{ clock, crypto, name, folder: within('witness') },
    logs: [{ log, hash: 'sha256' }],
  });
  const source = folderSource(deps.folder);
  const ask = async (old?: number) => {
    const note = (await source.read('checkpoint'))!.toString('utf8');
    const shown = must(readCheckpoint(note, { log, sm2: () => false }));
    const known = old ?? (await sizeOf());
    const from = Math.min(known, shown.size);
    const proof = await consistencyProof(
      treeHash('sha256'),
      keepingReader(source),
      from,
      shown.size,
    );
    return witness.add(addCheckpointText({ old: known, proof, note }));
  };
  const sizeOf = async () => {
    const last = await witness.latest(origin);
    return last === null ? 0 : must(readCheckpoint(last, { log, sm2: () => false })).size;
  };
  return { witness, ask, name, verifier: witnessVerifier(crypto, name) };
}

describe('a witness', () => {
  it('signs what continues, remembers it, and answers with the size it knows', async () => {
    await commit(5);
    must(await takeAll());
    const { ask, witness, verifier } = witnessOf();
    expect((await ask()).status).toBe(200);
    await commit(300);
    must(await takeAll());
    expect(await ask(0)).toMatchObject({ status: 409, body: '5\n', type: 'text/x.tlog.size' });
    expect((await ask(5)).status).toBe(200);
    const last = must(
      readCheckpoint((await witness.latest(origin))!, {
        log: logVerifier(deps.crypto, origin),
        others: [verifier],
        sm2: () => false,
      }),
    );
    expect(last.size).toBe(305);
    expect(last.held.map(({ seconds }) => seconds)).toEqual([
      null,
      Math.floor(Date.parse(clock.now()) / 1000),
    ]);
  });

  it('signs nothing of a log it does not watch, or that another key has signed', async () => {
    await commit(5);
    must(await takeAll());
    const { witness } = witnessOf();
    const note = readFileSync(within('log/checkpoint'), 'utf8');
    const body = (text: string) => addCheckpointText({ old: 0, proof: [], note: text });
    expect((await witness.add(body(note.replaceAll(origin, 'other.example/log')))).status).toBe(
      404,
    );
    expect((await witness.add(body(note.replace('\n5\n', '\n6\n')))).status).toBe(403);
    expect((await witness.add('old 1')).status).toBe(400);
    expect((await witness.add(`old 0\n!!\n\n${note}`)).status).toBe(400);
  });

  it('that is away holds nothing up, and is named', async () => {
    await commit(5);
    must(await takeAll());
    const { verifier } = witnessOf();
    const shown = must(
      readCheckpoint(readFileSync(within('log/checkpoint'), 'utf8'), {
        log: logVerifier(deps.crypto, origin),
        sm2: () => false,
      }),
    );
    const asked = await cosignatureOf({ verifier, address: 'http://127.0.0.1:9/' }, shown, deps);
    expect(asked).toMatchObject({
      refusal: { code: 'log.witness-away', params: { name: verifier.name } },
    });
  });
});
