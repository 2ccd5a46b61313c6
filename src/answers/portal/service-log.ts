/** The transparency log as everybody may read it: its files, its key, how it stands. */
import { resolve } from 'node:path';
import type { ReadGauge } from '../../platform/http/index.ts';
import {
  type LogStatus,
  logStatus,
  logVerifier,
  parseVerifier,
  shownFile,
  verifierText,
  witnessesShown,
} from '../../trust/transparency-log/index.ts';
import type { PortalDeps } from './deps.ts';

/** Folder of the log's files. */
const folderOf = ({ config }: PortalDeps) => resolve(config.varDir, 'log');

/** A file of the log by its path below `/log/`; `null` where there is none. */
export function logFile(deps: PortalDeps, path: string) {
  return shownFile(folderOf(deps), path);
}

/** How the log stands; `null` where none has been begun. */
export function logNow(deps: PortalDeps): Promise<LogStatus | null> {
  const { config, database, clock } = deps;
  const at = { now: clock.now(), rulebook: deps.rulebook(), place: config.jurisdiction };
  return logStatus(database, at);
}

/** What a stranger needs to check the log. */
export type LogToProve = {
  readonly status: LogStatus;
  /** The key of its signatures, as signed notes write keys. */
  readonly key: string;
  /** Witnesses that are asked, and the second (since 1970) at which each signed what is shown; `null`: not yet. */
  readonly witnesses: readonly { readonly key: string; readonly seconds: number | null }[];
};

/** Reads it; `null` where no log has been begun. */
export async function logToProve(deps: PortalDeps): Promise<LogToProve | null> {
  const status = await logNow(deps);
  if (status === null) return null;
  const log = logVerifier(deps.crypto, status.origin);
  const known = deps.config.log.witnesses.flatMap(({ verifier }) => {
    const parsed = parseVerifier(verifier);
    return parsed.ok ? [parsed.value] : [];
  });
  const signed = await witnessesShown(folderOf(deps), log, known);
  return {
    status,
    key: verifierText(log),
    witnesses: known.map((witness) => ({
      key: verifierText(witness),
      seconds: signed.find(({ name }) => name === witness.name)?.seconds ?? null,
    })),
  };
}

/** Figures of the log for the operator's monitoring. */
export function logGauges(deps: PortalDeps): ReadGauge[] {
  const of = (read: (status: LogStatus) => number) => async () => {
    const status = await logNow(deps);
    return status === null ? null : read(status);
  };
  return [
    {
      name: 'xinheng_log_entries',
      help: 'Entries of the transparency log in its newest checkpoint',
      read: of(({ signed }) => signed?.size ?? 0),
    },
    {
      name: 'xinheng_log_waiting',
      help: 'Commitments in no checkpoint yet',
      read: of(({ waiting }) => waiting),
    },
    {
      name: 'xinheng_log_lag_seconds',
      help: 'Age of the oldest commitment in no checkpoint yet',
      read: of(({ lagSeconds }) => lagSeconds),
    },
  ];
}
