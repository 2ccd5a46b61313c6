/** Configuration of an installation under test: a clock that stands still, folders of its own. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import type { Instant } from '../src/kernel/day.ts';
import { fixedClock } from '../src/platform/clock.ts';
import type { Config } from '../src/platform/config.ts';

/** What a test may choose. */
export type TestOptions = {
  readonly now?: Instant;
  readonly jurisdiction?: string;
  readonly sample?: boolean;
};

/** A configuration with a temporary var folder and a clock the test can set. */
export function testConfig(options: TestOptions = {}): Config & {
  readonly clock: ReturnType<typeof fixedClock>;
} {
  const root = resolve(import.meta.dirname, '..');
  return {
    root,
    varDir: mkdtempSync(resolve(tmpdir(), 'xinheng-test-')),
    rulebookDirs: [resolve(root, 'rulebook')],
    databaseUrl: null,
    host: '127.0.0.1',
    port: 0,
    origin: null,
    jurisdiction: options.jurisdiction ?? '320100',
    sample: options.sample ?? false,
    log: { origin: 'sample.example/log', hash: 'sha256', insist: false, witnesses: [] },
    logLevel: 'silent',
    clock: fixedClock(options.now ?? ('2026-06-01T02:00:00.000Z' as Instant)),
  };
}
