/** The log as an installation keeps it, and as a subject, a court and a neighbour city check it over HTTP. */
import { readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type TestInstallation,
  collectText,
  importOrganisations,
  operatorB,
  testInstallation,
} from '../../tests/installation.ts';
import { readLog } from '../../tests/log-checker.ts';
import { penaltyCsv } from '../../tests/penalties.ts';
import { portalApp } from '../answers/portal/index.ts';
import { eraseFromRecord } from '../archive/records/index.ts';
import type { Instant } from '../kernel/day.ts';
import type { Id } from '../kernel/ids.ts';
import { type Result, assert } from '../kernel/result.ts';
import { checkSm2, softwareCrypto } from '../platform/crypto/index.ts';
import { sql } from '../platform/db/index.ts';
import { verifyAudit } from '../trust/audit/index.ts';
import {
  checkBundle,
  insertCommitments,
  logStatus,
  logVerifier,
  lookAtLog,
  makeWitness,
  parseBundle,
  sourceAt,
  verifierText,
  witnessVerifier,
} from '../trust/transparency-log/index.ts';
import { logDepsOf, logFolder, proofOf, witnessesOf } from './log.ts';
import { type UpkeepEvent, keepUp } from './upkeep.ts';
import { witnessListener } from './witness-http.ts';

const firm = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };
const origin = 'sample.example/log';

let city: TestInstallation;
let portal: string;
let witnessAddress: string;
let witnessKey: ReturnType<typeof witnessVerifier>;
const servers: Server[] = [];
const events: UpkeepEvent[] = [];
const end = new AbortController();
let ended: Promise<void>;

async function listen(listener: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function must<T>(result: Result<T>): T {
  assert(result.ok, JSON.stringify(result));
  return result.value;
}

const status = () =>
  logStatus(city.database, {
    now: city.clock.now(),
    rulebook: city.rulebook(),
    place: city.config.jurisdiction,
  });

/** Waits until the newest checkpoint covers everything and every witness has signed it. */
async function untilShown(): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    const now = await status();
    const note = readFileSyncOr(resolve(logFolder(city.config.varDir), 'checkpoint'));
    if (now?.waiting === 0 && now.signed !== null && note.includes(`— ${witnessKey.name} `)) return;
    await sleep(20);
  }
  throw new Error(`never shown: ${JSON.stringify([await status(), events])}`);
}

function readFileSyncOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const rowOf = (number: number, fact = '货架上有过期食品') => ({
  行政相对人名称: firm.name,
  '行政相对人代码_1(统一社会信用代码)': firm.code,
  行政处罚决定书文号: `样罚〔2026〕${number}号`,
  违法事实: fact,
});

async function send(...rows: ReturnType<typeof rowOf>[]): Promise<void> {
  const report = await collectText(city, penaltyCsv(rows), { item: 'penalty' });
  assert(report.ok, JSON.stringify(report));
}

async function recordOf(number: number): Promise<Id> {
  const [row] = await city.database.query<{ id: Id }>(sql`
    select record_id as id from records.statement_version
    where "values" ->> 'CF_WSH' = ${`样罚〔2026〕${number}号`} limit 1`);
  return row!.id;
}

const trusted = () => ({
  log: logVerifier(city.crypto, origin),
  others: [witnessKey],
  sm2: checkSm2,
});

/** What nobody but the owner of the database can do: with its triggers out of the way. */
async function owner(statement: ReturnType<typeof sql>): Promise<void> {
  await city.database.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(statement);
  });
}

beforeAll(async () => {
  const installation = await testInstallation({ confirmAll: true });
  const folder = resolve(installation.config.varDir, 'court');
  const crypto = softwareCrypto(resolve(folder, 'keys'));
  witnessKey = witnessVerifier(crypto, 'court.sample/witness');
  const witness = makeWitness({
    clock: installation.clock,
    crypto,
    name: witnessKey.name,
    folder,
    logs: [{ log: logVerifier(installation.crypto, origin), hash: 'sha256' }],
  });
  witnessAddress = await listen(witnessListener(witness));
  const witnesses = [{ verifier: verifierText(witnessKey), address: witnessAddress }];
  const config = { ...installation.config, log: { ...installation.config.log, witnesses } };
  city = { ...installation, config };
  await importOrganisations(city, [firm]);
  await send(rowOf(1), rowOf(2));
  portal = await listen(getRequestListener(portalApp(city, { rate: null }).fetch));
  ended = keepUp(city, {
    signal: end.signal,
    onEvent: (event) => void events.push(event),
    everyMs: 50,
    lookAtLogMs: 50,
  });
  await untilShown();
});
afterAll(async () => {
  end.abort();
  await ended;
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await city.drop();
});

describe('a running server', () => {
  it('shows everything that was done in a log a stranger can check with other software', async () => {
    const read = (path: string) => {
      try {
        return readFileSync(resolve(logFolder(city.config.varDir), path));
      } catch {
        return null;
      }
    };
    const { size } = readLog(read, { name: origin, pem: city.crypto.publicKey().key });
    const [row] = await city.database.query<{ count: number }>(
      sql`select count(*)::int as count from transparency_log.commitment`,
    );
    expect(size).toBe(row!.count);
    expect(size).toBeGreaterThan(3);
  });

  it('serves its files over HTTP, and nothing else of its folder', async () => {
    const ask = (path: string) => fetch(`${portal}log/${path}`);
    const shown = await ask('checkpoint');
    expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect((await shown.text()).split('\n')[0]).toBe(origin);
    const { signed } = (await status())!;
    const tile = await ask(`tile/0/000.p/${signed!.size}`);
    expect(tile.status).toBe(200);
    expect(tile.headers.get('cache-control')).toContain('immutable');
    expect((await tile.arrayBuffer()).byteLength).toBe(32 * signed!.size);
    for (const path of [
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/1',
      'tile/64/000',
      'tile/..%2f..%2fkeys/master.key',
      '..%2fkeys%2fmaster.key',
      '%2e%2e/keys/master.key',
      'tile/0/x000',
      'checkpoint/',
      '',
    ]) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
  });

  it('tells what a stranger needs on a page, and how far it is on another', async () => {
    const page = await (await fetch(`${portal}prove`)).text();
    expect(page).toContain('自己验证');
    // As HTML writes a plus it is itself; quotes are not in keys.
    expect(page).toContain(verifierText(logVerifier(city.crypto, origin)));
    expect(page).toContain(witnessKey.name);
    expect(await (await fetch(`${portal}en/prove`)).text()).toContain('Prove it yourself');
    const { signed } = (await status())!;
    expect(await (await fetch(`${portal}status`)).text()).toContain(`${signed!.size}条`);
    const metrics = await (await fetch(`${portal}metrics`)).text();
    expect(metrics).toContain(`xinheng_log_entries ${signed!.size}`);
    expect(metrics).toContain('xinheng_log_lag_seconds 0');
  });

  it('is followed by a monitor over HTTP, with the witness it insists on', async () => {
    const look = must(
      await lookAtLog({
        source: sourceAt(`${portal}log/`),
        clock: city.clock,
        folder: resolve(city.config.varDir, 'monitor'),
        log: logVerifier(city.crypto, origin),
        hash: 'sha256',
        witnesses: [witnessKey],
        witnessesLeast: 1,
        allowSeconds: 600,
      }),
    );
    expect(look).toMatchObject({ findings: [], witnesses: [witnessKey.name] });
    expect(look.size).toBe((await status())!.signed!.size);
  });

  it('answers to no other request as a witness', async () => {
    const ask = (path: string, init?: RequestInit) =>
      fetch(`${witnessAddress}${path}`, init).then(({ status: code }) => code);
    expect(await ask('add-checkpoint')).toBe(405);
    expect(await ask('add-checkpoint', { method: 'POST', body: 'old 0\n' })).toBe(400);
    expect(await ask('add-checkpoint', { method: 'POST', body: 'x'.repeat(70_000) })).toBe(413);
    expect(await ask('latest/nobody')).toBe(404);
    expect(await ask('latest/%ff')).toBe(404);
    expect(await ask('')).toBe(404);
    expect(await ask(`latest/${encodeURIComponent(origin)}`)).toBe(200);
  });

  it('alarms when the log falls behind the limit of the rulebook, and says when it has caught up', async () => {
    // What was there before the start may have been told of: as late, and as caught up.
    const told = () => events.filter(({ kind }) => kind === 'log-late');
    for (let tries = 0; tries < 200 && told().length % 2 === 1; tries += 1) await sleep(20);
    const before = told().length;
    const late = () => told().slice(before);
    await city.database.transaction((tx) =>
      // Held back from the keeper by a lock on the head.
      tx.query(sql`select from transparency_log.head for update`).then(async () => {
        const at = new Date(Date.parse(city.clock.now()) - 3_600_000).toISOString() as Instant;
        const commitment = Buffer.alloc(32, 7);
        const id = '00000000-0000-7000-8000-000000000001' as Id;
        await city.database.transaction((other) =>
          insertCommitments(other, [{ id, kind: 'act', objectId: id, commitment, at }]),
        );
        for (let tries = 0; tries < 200 && late().length === 0; tries += 1) await sleep(20);
      }),
    );
    for (let tries = 0; tries < 200 && late().length < 2; tries += 1) await sleep(20);
    expect(late()).toMatchObject([
      { late: true, waiting: 1 },
      { late: false, waiting: 0 },
    ]);
  });
});

describe('the proof of a record', () => {
  it('is checked by whoever has the key of the log, and nothing else of ours', async () => {
    const record = await recordOf(1);
    const text = JSON.stringify(must(await proofOf(city, record)));
    const bundle = must(parseBundle(text, 'proof.json'));
    expect(must(checkBundle(bundle, trusted()))).toMatchObject({
      ...{ origin, leaves: 1, unread: 0 },
      witnesses: [],
    });
    expect(bundle.leaves[0]!.content).toContain('货架上有过期食品');
  });

  it('does not hold once a letter, an instant, a place or a hash of it was changed', async () => {
    const bundle = must(await proofOf(city, await recordOf(1)));
    const [leaf] = bundle.leaves;
    const other = (change: Partial<(typeof bundle.leaves)[number]>) =>
      checkBundle({ ...bundle, leaves: [{ ...leaf!, ...change }] }, trusted());
    const otherText = { refusal: { code: 'log.other-text' } };
    expect(other({ content: leaf!.content!.replace('过期', '新鲜') })).toMatchObject(otherText);
    expect(other({ text: leaf!.text!.replace('"I"', '"U"') })).toMatchObject(otherText);
    expect(other({ text: null })).toMatchObject(otherText);
    const broken = { refusal: { code: 'log.proof-broken' } };
    expect(other({ at: '2026-01-01T00:00:00.000Z' as Instant })).toMatchObject(broken);
    expect(other({ position: leaf!.position + 1 })).toMatchObject(broken);
    expect(other({ proofBase64: leaf!.proofBase64.slice(1) })).toMatchObject(broken);
    const forged = { ...bundle, checkpoint: bundle.checkpoint.replace(/\n\d+\n/, '\n3\n') };
    expect(checkBundle(forged, trusted())).toMatchObject({
      refusal: { code: 'log.bad-signature' },
    });
  });

  it.each([
    ['{', 'JSON'],
    ['[]', 'expected object'],
    ['{"kind":"xinheng-proof","version":2}', 'version'],
  ])('is refused with its place where the file is %s', (text, reason) => {
    const read = parseBundle(text, 'proof.json');
    expect(read).toMatchObject({ ok: false, refusal: { code: 'log.bad-bundle' } });
    expect(read.ok ? '' : String(read.refusal.params['reason'])).toContain(reason);
  });

  it('covers acts about the record; of what the law had erased only the fingerprint is left', async () => {
    const record = await recordOf(2);
    const provision = 'personal-information-protection-law#47';
    const ground = { provision, reason: '法院判决删除' };
    const erased = await eraseFromRecord(city, record, ['CF_SY'], { actor: operatorB, ground });
    assert(erased.ok, JSON.stringify(erased));
    await untilShown();
    const bundle = must(await proofOf(city, record));
    expect(must(checkBundle(bundle, trusted()))).toMatchObject({ leaves: 2, unread: 1 });
    expect(JSON.stringify(bundle)).not.toContain('货架上');
    expect(bundle.leaves.some(({ text }) => text?.includes('法院判决删除') === true)).toBe(true);
  });
});

describe('the audit', () => {
  it('holds as long as nobody touched it', async () => {
    expect(await verifyAudit(city.database)).toMatchObject({ findings: [], missing: 1 });
  });

  it('names the one row the owner of the database changed, and the one put in past the door', async () => {
    const [row] = await city.database.query<{ id: Id; reason: string }>(
      sql`select id, reason from audit.act where kind = 'collection.receive' limit 1`,
    );
    await owner(sql`update audit.act set reason = '补录' where id = ${row!.id}`);
    expect((await verifyAudit(city.database)).findings).toMatchObject([
      { kind: 'altered', table: 'act', id: row!.id },
    ]);
    await owner(sql`update audit.act set reason = ${row!.reason} where id = ${row!.id}`);
    expect((await verifyAudit(city.database)).findings).toEqual([]);
    await owner(sql`
      insert into audit.act select gen_random_uuid(), at, kind, account, unit, position, provision, reason,
        trace_id, object, detail, null, null, null, salt from audit.act where id = ${row!.id}`);
    expect((await verifyAudit(city.database)).findings).toMatchObject([{ kind: 'uncommitted' }]);
    await owner(sql`delete from audit.act where id = ${row!.id}`);
    expect(await verifyAudit(city.database)).toMatchObject({ missing: 2 });
  });
});

it('a log is not continued under another name or hash than somebody asked for', async () => {
  const config = { ...city.config, log: { ...city.config.log, origin: 'other.example/log' } };
  const { withSequencer } = await import('../trust/transparency-log/index.ts');
  end.abort();
  await ended;
  const asked = { ...logDepsOf({ ...city, config }), insist: true };
  expect(await withSequencer(asked, () => Promise.resolve(0))).toMatchObject({
    refusal: { code: 'log.origin-changed', params: { origin } },
  });
  // Nobody insists: the log goes on under the name it has.
  expect(
    await withSequencer({ ...asked, insist: false }, ({ head }) => Promise.resolve(head().origin)),
  ).toEqual({
    ok: true,
    value: origin,
  });
});

it('a key that is none of a witness is refused with the name of the variable', () => {
  const key = verifierText(logVerifier(city.crypto, origin));
  const log = { ...city.config.log, witnesses: [{ verifier: key, address: 'http://a.example' }] };
  expect(witnessesOf({ log })).toMatchObject({
    refusal: { code: 'config.invalid', params: { variable: 'XINHENG_LOG_WITNESSES' } },
  });
});
