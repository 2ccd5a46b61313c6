/** What the log committed to about a record: the canonical text of each version, and its salt. */
import { sha256Hex } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { contentWriter } from '../../kernel/rulebook/content-text.ts';
import type { Database } from '../../platform/db/index.ts';
import type { StatementVersion } from './domain-statement.ts';
import type { LawView } from './law-view.ts';
import { versionText } from './service.ts';
import { subjectsOfRecord } from './store-acts.ts';
import { readSalts, readVersions } from './store.ts';

/** A version as the log knows it. `text` and `salt` are `null` once the law ordered its erasure. */
export type CommittedVersion = {
  readonly statementId: Id;
  readonly version: number;
  readonly at: Instant;
  readonly text: string | null;
  readonly salt: string | null;
  /**
   * What the version said, as the text whose digest stands at the end of `text`; `null` where what is left
   * is not all it said: a field was erased from it before it was written.
   */
  readonly content: string | null;
};

/** Every version of a record, under every subject it was linked to, oldest first. Refuses `records.no-such-record`. */
export async function committedVersions(
  { database, law }: { readonly database: Database; readonly law: () => LawView },
  recordId: Id,
): Promise<Result<CommittedVersion[]>> {
  const subjects = await subjectsOfRecord(database, recordId);
  if (subjects.length === 0) return refuse('records.no-such-record', { record: recordId });
  const at = subjects.map((subjectId) => ({ recordId, subjectId }));
  const versions = await readVersions(database, at);
  const salts = await readSalts(database, at);
  return ok(
    versions
      .map((version) => {
        const salt = salts.get(`${version.subjectId}|${version.statementId}|${version.version}`);
        return {
          statementId: version.statementId,
          version: version.version,
          at: version.recordedAt,
          text: salt === undefined ? null : versionText(version),
          salt: salt ?? null,
          content: salt === undefined ? null : contentOf(version, law()),
        };
      })
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.version - b.version)),
  );
}

function contentOf(version: StatementVersion, law: LawView): string | null {
  const standard = law.standardOf(version.standard);
  if (standard === null) return null;
  const text = contentWriter(standard)(version.values, version.heldShow);
  return sha256Hex(text) === version.contentDigest ? text : null;
}
