/**
 * What a running server does from time to time: finishes what a killed program left, takes files out of
 * the inbox, notices what other programs changed in the law, and the beginning of a new day; and it keeps
 * the transparency log.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemActor } from '../kernel/act.ts';
import { type Day, addDays } from '../kernel/day.ts';
import { refreshFigures } from '../answers/portal/index.ts';
import { clockWalk, reworkWindows } from '../archive/records/index.ts';
import {
  type InboxEvent,
  inboxGuide,
  openInbox,
  resumeUnfinished,
  retryHeld,
} from '../intake/collection/index.ts';
import { type MonthHead, closeMonths } from '../trust/audit/index.ts';
import { forgetAttempts, forgetNonces } from '../trust/accounts/index.ts';
import { deliverNotices } from '../trust/notices/index.ts';
import { type LogEvent, keepLog, logStatus } from '../trust/transparency-log/index.ts';
import type { Installation } from './installation.ts';
import { logDepsOf, witnessesOf } from './log.ts';
import { wordsOf } from './messages.ts';
import { deliverDepsOf } from './notices.ts';

/** What upkeep tells. `opened` and `closed`: windows on that day, by what is stored. */
export type UpkeepEvent =
  | { readonly kind: 'resumed'; readonly batches: number; readonly linked: number }
  | { readonly kind: 'law-changed' }
  /** Windows worked out under another state of the law, and how many of them came out differently. */
  | { readonly kind: 'reworked'; readonly looked: number; readonly changed: number }
  | {
      readonly kind: 'new-day';
      readonly day: Day;
      readonly opened: number;
      readonly closed: number;
    }
  | { readonly kind: 'inbox'; readonly event: InboxEvent }
  /** A month of the audit that is over: what it held is committed to. */
  | { readonly kind: 'month-closed'; readonly head: MonthHead }
  | LogEvent
  /** The log is further behind than the rulebook allows, or no more so. */
  | { readonly kind: 'log-late'; readonly late: boolean; readonly waiting: number }
  | { readonly kind: 'trouble'; readonly error: unknown };

/** What upkeep is given. */
export type UpkeepOptions = {
  readonly signal: AbortSignal;
  readonly onEvent: (event: UpkeepEvent) => void;
  /** How often the law and the day are looked at; 5 s. */
  readonly everyMs?: number;
  /** How often is looked whether the log keeps up; a minute. */
  readonly lookAtLogMs?: number;
};

const usualMs = 5_000;
const lookAtLogMs = 60_000;
const toldMax = 100;

/** Folder for deliveries of an installation. */
export function inboxOf(varDir: string): string {
  return resolve(varDir, 'inbox');
}

/** Counts what opens and closes between two days. Expiry writes nothing: this is for the operator. */
async function walked(installation: Installation, from: Day, to: Day) {
  let opened = 0;
  let closed = 0;
  for await (const step of clockWalk(installation.database, from, to)) {
    if (step.opens) opened += 1;
    else closed += 1;
  }
  return { opened, closed };
}

async function finishWaiting(installation: Installation, options: UpkeepOptions): Promise<void> {
  const deps = installation.collection(() => options.signal.throwIfAborted());
  const batches = await resumeUnfinished(deps);
  const linked = await retryHeld(deps);
  if (batches + linked > 0) options.onEvent({ kind: 'resumed', batches, linked });
  const { looked, changed } = await reworkWindows(installation, () =>
    options.signal.throwIfAborted(),
  );
  if (looked > 0) options.onEvent({ kind: 'reworked', looked, changed });
  for (const head of await closeMonths(installation))
    options.onEvent({ kind: 'month-closed', head });
  await refreshFigures(installation);
}

async function watchLaw(installation: Installation, options: UpkeepOptions): Promise<void> {
  const { signal, onEvent } = options;
  let day = installation.clock.today();
  for (;;) {
    await sleep(options.everyMs ?? usualMs, undefined, { signal });
    try {
      if (await installation.refresh()) {
        onEvent({ kind: 'law-changed' });
        await finishWaiting(installation, options);
      }
      const now = installation.clock.now();
      await forgetNonces(installation.database, now);
      await forgetAttempts(installation.database, now);
      const today = installation.clock.today();
      if (today <= day) {
        await refreshFigures(installation);
        continue;
      }
      // Views of the law are made for a day; the next reader makes the new one.
      onEvent({
        kind: 'new-day',
        day: today,
        ...(await walked(installation, addDays(day, 1), today)),
      });
      day = today;
      await finishWaiting(installation, options);
    } catch (error) {
      if (signal.aborted) throw error;
      onEvent({ kind: 'trouble', error });
    }
  }
}

async function watchFolder(installation: Installation, options: UpkeepOptions): Promise<void> {
  const { signal, onEvent } = options;
  const folder = inboxOf(installation.config.varDir);
  await mkdir(folder, { recursive: true });
  await writeFile(resolve(folder, inboxGuide.name), inboxGuide.text).catch(() => undefined);
  const inbox = openInbox(
    installation.collection(() => signal.throwIfAborted()),
    {
      folder,
      actor: systemActor,
      wordsOf,
      onEvent: (event) => onEvent({ kind: 'inbox', event }),
    },
  );
  for (;;) {
    await inbox.sweep(signal);
    await sleep(1_000, undefined, { signal });
  }
}

/** Keeps the log, and says what keeps it from going on: once, not with every attempt. */
async function keepTheLog(installation: Installation, options: UpkeepOptions): Promise<void> {
  const { signal, onEvent } = options;
  const witnesses = witnessesOf(installation.config);
  if (!witnesses.ok) {
    onEvent({ kind: 'log-refused', refusal: witnesses.refusal });
    return;
  }
  const told = new Set<string>();
  const tellOnce = (event: LogEvent) => {
    const text = JSON.stringify(event);
    if (told.has(text)) return;
    if (told.size > toldMax) told.clear();
    told.add(text);
    onEvent(event);
  };
  const keeping = { signal, witnesses: witnesses.value, onEvent: tellOnce };
  while (!signal.aborted) {
    try {
      await keepLog(logDepsOf(installation), keeping);
    } catch (error) {
      if (signal.aborted) return;
      // A connection that was lost: what has a position keeps it, the rest waits.
      onEvent({ kind: 'trouble', error });
      await sleep(options.everyMs ?? usualMs, undefined, { signal });
    }
  }
}

/** Looks whether the log keeps up. What waits since before the start is being taken: it gets a minute. */
async function watchLog(installation: Installation, options: UpkeepOptions): Promise<void> {
  const { signal, onEvent } = options;
  let wasLate = false;
  for (;;) {
    await sleep(options.lookAtLogMs ?? lookAtLogMs, undefined, { signal });
    try {
      const { clock, config, database, rulebook } = installation;
      const at = { now: clock.now(), rulebook: rulebook(), place: config.jurisdiction };
      const status = await logStatus(database, at);
      const late = status?.late ?? false;
      if (late !== wasLate) onEvent({ kind: 'log-late', late, waiting: status?.waiting ?? 0 });
      wasLate = late;
    } catch (error) {
      if (signal.aborted) throw error;
      onEvent({ kind: 'trouble', error });
    }
  }
}

/** Carries letters. What a carrier does not take is noted with the letter, and no trouble of ours. */
async function carryNotices(installation: Installation, options: UpkeepOptions): Promise<void> {
  const { signal, onEvent } = options;
  const onTrouble = (error: unknown) => onEvent({ kind: 'trouble', error });
  for (;;) {
    await sleep(options.everyMs ?? usualMs, undefined, { signal });
    try {
      await deliverNotices(deliverDepsOf(installation), { signal, onTrouble });
    } catch (error) {
      if (signal.aborted) throw error;
      onTrouble(error);
    }
  }
}

/** Does all of it until the signal is aborted. Trouble is told and tried again, never the end. */
export async function keepUp(installation: Installation, options: UpkeepOptions): Promise<void> {
  const { signal, onEvent } = options;
  try {
    await finishWaiting(installation, options);
  } catch (error) {
    if (!signal.aborted) onEvent({ kind: 'trouble', error });
  }
  const ends = await Promise.allSettled([
    watchLaw(installation, options),
    watchFolder(installation, options),
    keepTheLog(installation, options),
    watchLog(installation, options),
    carryNotices(installation, options),
  ]);
  const broken = ends.find((end) => end.status === 'rejected');
  if (!signal.aborted && broken !== undefined) throw broken.reason;
}
