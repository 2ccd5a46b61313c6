/** SQL of cases of release and withdrawal, and of what waits for them. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';

/** A batch or a record, as something released or taken back. */
export type ReleaseObject = {
  readonly kind: 'batch' | 'record';
  readonly id: Id;
  readonly item: string;
  readonly receivedAt: Instant;
  readonly batchId: Id;
  readonly done: boolean;
};

/** A case: who proposed what, and how far it is. */
export type ReleaseCase = {
  readonly caseId: Id;
  readonly aim: 'release' | 'withdrawal';
  readonly kind: 'batch' | 'record';
  readonly objectId: Id;
  readonly state: string;
  readonly reason: string;
  readonly openedAt: Instant;
};

/** A step somebody took. */
export type CaseStep = { readonly action: string; readonly account: string; readonly actId: Id };

/** Lets one caller at a time decide on an object. Held to the end of the transaction. */
export async function lockObject(tx: Tx, id: Id): Promise<void> {
  const name = `double-publicity:${id}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/** A batch; `null` when there is none or it was refused whole. */
export async function findBatchObject(db: Queryable, id: Id): Promise<ReleaseObject | null> {
  const rows = await db.query<ReleaseObject>(sql`
    select 'batch' as kind, batch_id as id, item, received_at as "receivedAt",
           batch_id as "batchId", state = 'done' as done
    from collection.batch where batch_id = ${id} and state <> 'refused'`);
  return rows[0] ?? null;
}

const caseSelect = sql`
  case_id as "caseId", aim, object_kind as kind, object_id as "objectId", state, reason,
  opened_at as "openedAt"`;

/** The case that is open on an object, with its steps; `null` when none is. */
export async function openCase(
  db: Queryable,
  objectId: Id,
): Promise<{ case: ReleaseCase; steps: CaseStep[] } | null> {
  const [found] = await db.query<ReleaseCase>(sql`
    select ${caseSelect} from double_publicity.release_case
    where object_id = ${objectId} and decided_at is null`);
  if (found === undefined) return null;
  const steps = await db.query<CaseStep>(sql`
    select action, account, act_id as "actId" from double_publicity.release_step
    where case_id = ${found.caseId} order by step_no`);
  return { case: found, steps };
}

/** Opens a case. */
export async function insertCase(
  tx: Tx,
  item: ReleaseCase & { readonly version: number },
): Promise<void> {
  await tx.execute(sql`
    insert into double_publicity.release_case
      (case_id, aim, object_kind, object_id, state, workflow_version, reason, opened_at)
    values (${item.caseId}, ${item.aim}, ${item.kind}, ${item.objectId}, ${item.state},
            ${item.version}, ${item.reason}, ${item.openedAt})`);
}

/** Notes a step and where it led. */
export async function saveStep(
  tx: Tx,
  caseId: Id,
  step: CaseStep & { readonly at: Instant; readonly to: string; readonly closes: boolean },
): Promise<void> {
  await tx.execute(sql`
    insert into double_publicity.release_step (case_id, step_no, action, account, act_id, act_at)
    select ${caseId}, coalesce(max(step_no), 0) + 1, ${step.action}, ${step.account},
           ${step.actId}, ${step.at}
    from double_publicity.release_step where case_id = ${caseId}`);
  await tx.execute(sql`
    update double_publicity.release_case
    set state = ${step.to}, decided_at = case when ${step.closes} then ${step.at}::timestamptz end
    where case_id = ${caseId}`);
}

/** A batch that waits for two officers, and how far it is. */
export type WaitingBatch = {
  readonly batchId: Id;
  readonly provider: string;
  readonly item: string;
  readonly fileName: string;
  readonly receivedAt: Instant;
  readonly rows: number;
  readonly state: 'waiting' | 'proposed' | 'withdrawn';
  readonly proposedBy: string | null;
};

/** A page of what waits: after a batch of an earlier one; of one source only, where it is named. */
export type WaitingPage = {
  readonly after: Id | null;
  readonly limit: number;
  readonly provider?: string;
};

/** Batches not shown for want of a release, the oldest first, after a batch of an earlier page. */
export function waitingBatches(
  db: Queryable,
  rules: readonly { readonly item: string; readonly from: Day; readonly to: Day | null }[],
  page: WaitingPage,
): Promise<WaitingBatch[]> {
  const provider = page.provider ?? null;
  return db.query<WaitingBatch>(sql`
    select b.batch_id as "batchId", b.provider, b.item, b.file_name as "fileName",
           b.received_at as "receivedAt",
           (b.accepted + b.accepted_with_warning)::float8 as rows,
           case when c.case_id is not null then 'proposed'
                when r.shows is null then 'waiting' else 'withdrawn' end as state,
           s.account as "proposedBy"
    from collection.batch b
    left join lateral (
      select shows from records.release where object_id = b.batch_id
      order by step_no desc limit 1) r on true
    left join double_publicity.release_case c
      on c.object_id = b.batch_id and c.decided_at is null and c.aim = 'release'
    left join double_publicity.release_step s on s.case_id = c.case_id and s.step_no = 1
    where b.state = 'done' and r.shows is distinct from true
      and (${provider}::text is null or b.provider = ${provider}::text)
      and (not r.shows or exists (
        select 1 from json_to_recordset(${JSON.stringify(rules)}::json)
               as rule(item text, "from" date, "to" date)
        where rule.item = b.item
          and (b.received_at at time zone 'Asia/Shanghai')::date
              between rule."from" and coalesce(rule."to", 'infinity')))
      and (${page.after}::uuid is null or (b.received_at, b.batch_id) > (
        select received_at, batch_id from collection.batch where batch_id = ${page.after}::uuid))
    order by b.received_at, b.batch_id limit ${page.limit}`);
}

/** The earliest day on which something stored out of each batch was decided; without those that tell none. */
export async function firstDecided(
  db: Queryable,
  batches: readonly Id[],
): Promise<ReadonlyMap<Id, Day>> {
  const rows = await db.query<{ id: Id; on: Day }>(sql`
    select b.batch_id as id, min(o.decided_on)::text as "on"
    from collection.batch b join collection.row_outcome o
      on o.batch_id = b.batch_id and o.received_at = b.received_at
    where b.batch_id = any (${batches}::uuid[]) and o.outcome in ('A', 'W')
      and o.decided_on is not null
    group by b.batch_id`);
  return new Map(rows.map(({ id, on }) => [id, on]));
}

/** A batch that somebody asks to be taken back from publicity, and since when. */
export type AskedBack = Pick<WaitingBatch, 'batchId' | 'item' | 'fileName' | 'receivedAt'> & {
  readonly since: Instant;
};

/** Batches of a source that are asked to be taken back and wait for a second person, the oldest first. */
export function askedBack(db: Queryable, provider: string): Promise<AskedBack[]> {
  return db.query(sql`
    select b.batch_id as "batchId", b.item, b.file_name as "fileName",
           b.received_at as "receivedAt", c.opened_at as since
    from double_publicity.release_case c join collection.batch b on b.batch_id = c.object_id
    where c.decided_at is null and c.aim = 'withdrawal' and c.object_kind = 'batch'
      and b.provider = ${provider}
    order by c.opened_at, b.batch_id`);
}
