/** The transparency log of an installation: where its files lie, who witnesses it, how it is kept. */
import { resolve } from 'node:path';
import { committedVersions } from '../archive/records/index.ts';
import type { Id } from '../kernel/ids.ts';
import { type Result, ok, refuse } from '../kernel/result.ts';
import type { Config } from '../platform/config.ts';
import { committedActs } from '../trust/audit/index.ts';
import {
  type Bundle,
  type LogDeps,
  parseVerifier,
  proveRecord,
  type Witness,
} from '../trust/transparency-log/index.ts';
import type { Installation } from './installation.ts';

/** Folder of the log's files, served at `/log/` as they are. */
export function logFolder(varDir: string): string {
  return resolve(varDir, 'log');
}

/** What the log needs of an installation. */
export function logDepsOf(
  installation: Pick<Installation, 'config' | 'database' | 'clock' | 'crypto'>,
): LogDeps {
  const { config, database, clock, crypto } = installation;
  const { origin, hash, insist } = config.log;
  return { database, clock, crypto, folder: logFolder(config.varDir), origin, hash, insist };
}

/** Witnesses as they are configured. Refuses `config.invalid {variable, reason}`. */
export function witnessesOf({ log }: Pick<Config, 'log'>): Result<Witness[]> {
  const witnesses: Witness[] = [];
  for (const { verifier: text, address } of log.witnesses) {
    const verifier = parseVerifier(text);
    if (!verifier.ok || verifier.value.kind !== 'cosignature') {
      const reason = `不是见证者的公钥 no key of a witness: ${text}`;
      return refuse('config.invalid', { variable: 'XINHENG_LOG_WITNESSES', reason });
    }
    witnesses.push({ verifier: verifier.value, address });
  }
  return ok(witnesses);
}

/** The proof of a record: its versions and the acts about it. Refuses `records.no-such-record` and what proving refuses. */
export async function proofOf(
  installation: Pick<Installation, 'config' | 'database' | 'law'>,
  record: Id,
): Promise<Result<Bundle>> {
  const { config, database } = installation;
  const versions = await committedVersions(installation, record);
  if (!versions.ok) return versions;
  const said = versions.value.map(({ statementId, at, text, salt, content }) => ({
    ...{ objectId: statementId, at },
    ...{ text, salt, content },
  }));
  const done = await committedActs(database, [`record:${record}`]);
  const folder = logFolder(config.varDir);
  return proveRecord({ database, folder }, record, [...said, ...done]);
}
