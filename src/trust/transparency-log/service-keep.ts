/** Keeping the log of a running server: takes what waits, shows it, has it witnessed; until it is ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Refusal, type Result, ok } from '../../kernel/result.ts';
import { checkSm2 } from '../../platform/crypto/index.ts';
import { readCheckpoint } from './domain-published.ts';
import { folderSource } from './log-files.ts';
import { type Witness, cosignatureOf, showCosigned, witnessedBy } from './service-cosign.ts';
import { type LogDeps, type Sequencer, withSequencer } from './service-sequence.ts';
import { logVerifier } from './signer.ts';
import { readHead } from './store.ts';

/** What keeping the log tells. `refused`: it signs nothing until somebody has looked. */
export type LogEvent =
  | { readonly kind: 'log-refused'; readonly refusal: Refusal }
  | { readonly kind: 'log-witness'; readonly refusal: Refusal };

/** What keeping is given beside the log. */
export type KeepOptions = {
  readonly signal: AbortSignal;
  readonly witnesses: readonly Witness[];
  readonly onEvent: (event: LogEvent) => void;
  /** How long to wait where nothing waits; 500 ms. */
  readonly everyMs?: number;
};

const usualMs = 500;
const retryMs = 5_000;
// What is refused waits for somebody to look; asking again may mean hashing everything anew.
const refusedMs = 60_000;

/** Keeps the log until the signal is aborted. Another process that keeps it is waited for. */
export async function keepLog(deps: LogDeps, options: KeepOptions): Promise<void> {
  const { signal, onEvent } = options;
  while (!signal.aborted) {
    const highest = await highestWitnessed(deps, options);
    const kept = await withSequencer(
      { ...deps, witnessed: () => Promise.resolve(highest) },
      (one) => keepTaking(deps, one, options),
    );
    const ended = kept.ok ? kept.value : kept;
    const isRefused = ended?.ok === false && !signal.aborted;
    if (isRefused) onEvent({ kind: 'log-refused', refusal: ended.refusal });
    const waitMs = isRefused && ended.refusal.code !== 'log.superseded' ? refusedMs : retryMs;
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}

/** The largest size any witness has signed; one that is away is told and can hold nothing up. */
async function highestWitnessed(deps: LogDeps, options: KeepOptions): Promise<number> {
  const begun = await readHead(deps.database);
  const log = logVerifier(deps.crypto, begun?.origin ?? deps.origin);
  let highest = 0;
  for (const witness of options.witnesses) {
    const last = await witnessedBy(witness, log);
    if (!last.ok) options.onEvent({ kind: 'log-witness', refusal: last.refusal });
    else highest = Math.max(highest, last.value?.size ?? 0);
  }
  return highest;
}

async function keepTaking(
  deps: LogDeps,
  sequencer: Sequencer,
  options: KeepOptions,
): Promise<Result<true>> {
  const { signal, everyMs = usualMs } = options;
  let unseen = true;
  while (!signal.aborted) {
    const taken = await sequencer.take();
    if (!taken.ok) return taken;
    unseen ||= taken.value > 0;
    if (taken.value > 0) continue;
    if (unseen) unseen = !(await haveWitnessed(deps, sequencer, options));
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
  return ok(true);
}

/** Asks every witness for its signature on what is shown. Gives whether all have given it. */
async function haveWitnessed(
  deps: LogDeps,
  sequencer: Sequencer,
  { witnesses, onEvent }: KeepOptions,
): Promise<boolean> {
  if (witnesses.length === 0) return true;
  const { origin, hash } = sequencer.head();
  const bytes = await folderSource(deps.folder).read('checkpoint');
  if (bytes === null) return true;
  const log = logVerifier(deps.crypto, origin);
  const shown = readCheckpoint(bytes.toString('utf8'), { log, sm2: checkSm2 });
  if (!shown.ok) return true;
  const asked = await Promise.all(
    witnesses.map((witness) => cosignatureOf(witness, shown.value, { folder: deps.folder, hash })),
  );
  const lines = asked.flatMap((answer) => (answer.ok ? answer.value : []));
  for (const answer of asked) {
    if (!answer.ok) onEvent({ kind: 'log-witness', refusal: answer.refusal });
  }
  await showCosigned(deps.folder, shown.value, lines);
  return asked.every((answer) => answer.ok);
}
