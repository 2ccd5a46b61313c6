/** How the log stands: how far it is behind, what it shows, who has witnessed it. */
import { type Instant, dayOf, instantMs } from '../../kernel/day.ts';
import { limitsUnder } from '../../kernel/rulebook/limits.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';
import { checkSm2 } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Verifier } from './domain-note.ts';
import { readCheckpoint } from './domain-published.ts';
import type { HashName } from './domain-tree.ts';
import { folderSource } from './log-files.ts';
import { readLog } from './store.ts';

/** The log at a moment. `null` where it has not been begun. */
export type LogStatus = {
  readonly origin: string;
  readonly hash: HashName;
  /** The newest checkpoint; `null` before the first. */
  readonly signed: {
    readonly size: number;
    readonly at: Instant;
    readonly rootBase64: string;
  } | null;
  /** Commitments in no checkpoint yet, counted to a hundred thousand. */
  readonly waiting: number;
  /** When the oldest of them was made. */
  readonly since: Instant | null;
  /** Seconds the log is behind, and whether that is more than the rulebook allows. */
  readonly lagSeconds: number;
  readonly late: boolean;
};

/** When is looked, and by which rules of which place (division code). */
export type StatusAt = {
  readonly now: Instant;
  readonly rulebook: Rulebook;
  readonly place: string;
};

/** Reads how the log stands; `null` where it has not been begun. */
export async function logStatus(
  db: Queryable,
  { now, rulebook, place }: StatusAt,
): Promise<LogStatus | null> {
  const read = await readLog(db);
  if (read === null) return null;
  const { origin, hash, waiting, since, signedSize, signedAt, root } = read;
  const behindMs = since === null ? 0 : instantMs(now) - instantMs(since);
  const lagSeconds = Math.max(0, Math.round(behindMs / 1000));
  const most = limitsUnder(rulebook, 'log.', dayOf(now), place).figure('lag.seconds');
  const isSigned = signedSize !== null && signedAt !== null && root !== null;
  return {
    ...{ origin, hash, waiting, since, lagSeconds },
    signed: isSigned
      ? { size: signedSize, at: signedAt, rootBase64: root.toString('base64') }
      : null,
    late: lagSeconds > most,
  };
}

/** Witnesses whose signatures the checkpoint in a folder bears, with the seconds since 1970 they name. */
export async function witnessesShown(
  folder: string,
  log: Verifier,
  witnesses: readonly Verifier[],
): Promise<{ readonly name: string; readonly seconds: number }[]> {
  const bytes = await folderSource(folder).read('checkpoint');
  if (bytes === null) return [];
  const trusted = { log, others: witnesses, sm2: checkSm2 };
  const shown = readCheckpoint(bytes.toString('utf8'), trusted);
  if (!shown.ok) return [];
  return shown.value.held.flatMap(({ verifier, seconds }) =>
    seconds === null ? [] : { name: verifier.name, seconds },
  );
}
