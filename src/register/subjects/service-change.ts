/** Life of a subject: rename, deregistration, merger, split, new code, duplicate ids. */
import type { Act, Actor, Door, Ground } from '../../kernel/act.ts';
import type { Day } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { isStrictUscc } from '../../kernel/identifiers/uscc.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { tidyName } from '../../kernel/text/normalise.ts';
import { type Clock, freshId } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { type RelationKind, type Subject, renamed } from './domain.ts';
import type { ImportTables } from './domain-import.ts';
import { keysOf, profileOf } from './service-import-chunk.ts';
import { enterInSearch } from './service-search.ts';
import {
  addKeys,
  endRelation,
  insertProfiles,
  insertRelation,
  readSubjects,
  updateSubject,
} from './store.ts';

/** What changing needs. */
export type ChangeDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Door<Tx>;
  readonly tables: () => ImportTables;
};

/** What happens to a subject on a day. */
export type SubjectChange =
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'deregister'; readonly status: string }
  | { readonly kind: 'recode'; readonly uscc: string }
  | { readonly kind: 'merge'; readonly into: Id }
  | { readonly kind: 'split'; readonly from: Id }
  | { readonly kind: 'transform'; readonly from: Id }
  | { readonly kind: 'duplicate'; readonly of: Id }
  | { readonly kind: 'not-duplicate'; readonly of: Id };

/** A change asked for. */
export type ChangeRequest = {
  readonly subjectId: Id;
  readonly change: SubjectChange;
  readonly on: Day;
  readonly actor: Actor;
  readonly ground: Ground;
};

const relationOf: Partial<Record<SubjectChange['kind'], RelationKind>> = {
  merge: 'merged-into',
  split: 'split-from',
  transform: 'transformed-from',
  duplicate: 'duplicate-of',
};

/**
 * Changes a subject. Records stay where they are: a merger or a duplicate id is a dated relation that
 * readers follow, never a rewriting of rows. Refuses `subjects.no-such-subject`,
 * `subjects.same-subject`, `subjects.bad-code`, `subjects.empty-name`, `subjects.not-duplicate`,
 * `subjects.duplicate-chain`.
 */
export async function changeSubject(
  deps: ChangeDeps,
  request: ChangeRequest,
): Promise<Result<{ act: Id; version: number }>> {
  const { change, subjectId } = request;
  const other =
    'into' in change
      ? change.into
      : 'from' in change
        ? change.from
        : 'of' in change
          ? change.of
          : null;
  if (other === subjectId) return refuse('subjects.same-subject', { subject: subjectId });
  return deps.database.transaction(async (tx) => {
    const found = await readSubjects(tx, other === null ? [subjectId] : [subjectId, other]);
    const subject = found.find((item) => item.subjectId === subjectId);
    const partner = found.find((item) => item.subjectId === other);
    if (subject === undefined || (other !== null && partner === undefined)) {
      return refuse('subjects.no-such-subject', {
        subject: subject === undefined ? subjectId : (other ?? ''),
      });
    }
    const next = changed(subject, partner, request);
    if (!next.ok) return next;
    const act = await deps.door.pass(tx, {
      kind: `subjects.${change.kind}`,
      needs: 'subjects:change',
      actor: request.actor,
      ground: request.ground,
      traceId: freshId(deps.clock),
      object: `subject:${subjectId}`,
      detail: { on: request.on, other },
    });
    if (!act.ok) return act;
    await store(deps, tx, request, {
      subject: { ...next.value, version: subject.version + 1 },
      act: act.value,
    });
    return ok({ act: act.value.id, version: subject.version + 1 });
  });
}

function changed(
  subject: Subject,
  partner: Subject | undefined,
  { change, on }: ChangeRequest,
): Result<Subject> {
  switch (change.kind) {
    case 'rename': {
      const name = tidyName(change.name);
      if (name === '') return refuse('subjects.empty-name', { subject: subject.subjectId });
      return ok(renamed(subject, name, on));
    }
    case 'deregister':
      return ok({ ...subject, status: change.status, endedOn: on });
    case 'recode': {
      if (!isStrictUscc(change.uscc)) return refuse('subjects.bad-code', { code: change.uscc });
      const former = subject.uscc === null ? [] : [subject.uscc];
      const formerUsccs = [...new Set([...subject.evidence.formerUsccs, ...former])];
      return ok({ ...subject, uscc: change.uscc, evidence: { ...subject.evidence, formerUsccs } });
    }
    case 'merge':
      return ok({ ...subject, status: '注销（合并）', endedOn: on });
    case 'split':
    case 'transform':
      return ok(subject);
    case 'duplicate':
      if (partner!.duplicateOf !== null) {
        return refuse('subjects.duplicate-chain', { subject: partner!.subjectId });
      }
      return ok({ ...subject, duplicateOf: change.of });
    case 'not-duplicate':
      if (subject.duplicateOf !== change.of) {
        return refuse('subjects.not-duplicate', { subject: subject.subjectId, of: change.of });
      }
      return ok({ ...subject, duplicateOf: null });
  }
}

async function store(
  deps: ChangeDeps,
  tx: Tx,
  request: ChangeRequest,
  { subject, act }: { readonly subject: Subject; readonly act: Act },
): Promise<void> {
  const { change, on } = request;
  await updateSubject(tx, subject, act.at);
  const { subjectId } = subject;
  const keys = keysOf(subject, deps.tables()).map((key) => ({ key, subjectId }));
  await addKeys(tx, keys, false);
  await insertProfiles(tx, [profileOf(subject, change.kind, on)], act);
  await enterInSearch(tx, [], [subject]);
  const kind = relationOf[change.kind];
  const to =
    'into' in change
      ? change.into
      : 'from' in change
        ? change.from
        : 'of' in change
          ? change.of
          : null;
  if (kind !== undefined && to !== null) {
    await insertRelation(tx, {
      relationId: freshId(deps.clock),
      from: subjectId,
      to,
      kind,
      since: on,
      actId: act.id,
      at: act.at,
    });
  }
  if (change.kind === 'not-duplicate') {
    await endRelation(tx, { from: subjectId, to: change.of, kind: 'duplicate-of', on });
  }
}
