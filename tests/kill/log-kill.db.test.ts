/** A sequencer killed at every step, twenty times: no leaf lost, none doubled, and no view taken back. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import type { Instant } from '../../src/kernel/day.ts';
import { fixedClock, freshId, systemClock } from '../../src/platform/clock.ts';
import { softwareCrypto } from '../../src/platform/crypto/index.ts';
import { sql } from '../../src/platform/db/index.ts';
import { freshBytes } from '../../src/platform/random.ts';
import {
  type SequencerStep,
  folderSource,
  insertCommitments,
  logVerifier,
  lookAtLog,
  withSequencer,
} from '../../src/trust/transparency-log/index.ts';
import { testDatabase } from '../database/index.ts';
import { readLog } from '../log-checker.ts';

const origin = 'sample.example/log';
const steps: readonly SequencerStep[] = [
  'positions-given',
  'tiles-written',
  'checkpoint-signed',
  'published',
];
const kills = 20;

it('ends with every commitment in the log once, and nobody ever saw it shrink or fork', async () => {
  const folder = mkdtempSync(resolve(tmpdir(), 'xinheng-log-kill-'));
  const { database, url, drop } = await testDatabase();
  const [keys, log] = [resolve(folder, 'keys'), resolve(folder, 'log')];
  const crypto = softwareCrypto(keys);
  const clock = fixedClock('2026-06-01T02:00:00.000Z' as Instant);
  const commit = (count: number) =>
    database.transaction((tx) =>
      insertCommitments(
        tx,
        Array.from({ length: count }, () => ({
          ...{ id: freshId(clock), kind: 'act' as const, objectId: freshId(clock) },
          ...{ commitment: freshBytes(32), at: clock.now() },
        })),
      ),
    );
  const look = async () => {
    const seen = await lookAtLog({
      ...{ source: folderSource(log), clock: systemClock, folder: resolve(folder, 'monitor') },
      ...{ log: logVerifier(crypto, origin), hash: 'sha256', witnesses: [], witnessesLeast: 0 },
      allowSeconds: 1e12,
    });
    return seen.ok ? seen.value.findings : [seen.refusal];
  };
  try {
    const killedAt = new Map<string, number>();
    for (let kill = 0; kill < kills; kill += 1) {
      await commit(90 + 7 * kill);
      const wanted = steps[kill % steps.length]!;
      // Later kills come after some rounds of work, so that tiles are in the middle of being filled.
      const at = await runAndKill([url, keys, log, origin], wanted, 1 + Math.floor(kill / 8));
      killedAt.set(at, (killedAt.get(at) ?? 0) + 1);
      // Whatever is shown at this moment continues what was shown before.
      if (existsSync(resolve(log, 'checkpoint'))) expect(await look()).toEqual([]);
    }
    expect([...killedAt.keys()].sort()).toEqual([...steps].sort());
    const ended = await withSequencer(
      { ...{ database, clock: systemClock, crypto, folder: log, origin }, hash: 'sha256' },
      async (sequencer) => {
        for (;;) {
          const taken = await sequencer.take();
          if (!taken.ok || taken.value === 0) return taken;
        }
      },
    );
    expect(ended).toMatchObject({ ok: true, value: { ok: true, value: 0 } });
    expect(await look()).toEqual([]);
    const read = (path: string) => {
      try {
        return readFileSync(resolve(log, path));
      } catch {
        return null;
      }
    };
    const { entries } = readLog(read, { name: origin, pem: crypto.publicKey().key });
    const rows = await database.query<{ commitment: Buffer }>(
      sql`select commitment from transparency_log.commitment`,
    );
    const inLog = entries.map((entry) => entry.subarray(9).toString('hex')).sort();
    expect(inLog).toEqual(rows.map(({ commitment }) => commitment.toString('hex')).sort());
    expect(new Set(inLog).size).toBe(inLog.length);
  } finally {
    await drop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 240_000);

/** Runs a sequencer and kills it when it says a step the n-th time; after that, at whatever it says next. */
async function runAndKill(given: readonly string[], wanted: string, nth: number): Promise<string> {
  const runner = resolve(import.meta.dirname, 'log-runner.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', runner, ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === wanted) seen += 1;
    if (seen < nth) continue;
    child.kill('SIGKILL');
    await new Promise((done) => child.once('exit', done));
    return line;
  }
  throw new Error('the sequencer ended by itself');
}
