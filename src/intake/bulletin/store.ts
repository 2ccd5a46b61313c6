/** SQL of bulletins, their steps and departments' responses. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';

/** A bulletin as it is kept; `body` is its canonical JSON. */
export type StoredBulletin = {
  readonly bulletinId: Id;
  readonly period: string;
  readonly edition: number;
  readonly state: 'drafted' | 'sent' | 'published' | 'cancelled';
  readonly body: string;
  readonly digest: string;
  readonly reason: string;
  readonly replaces: Id | null;
  readonly draftedAt: Instant;
  readonly windowEnds: Day | null;
  readonly closedAt: Instant | null;
};

/** A step somebody took on a bulletin. */
export type BulletinStep = {
  readonly action: string;
  readonly account: string;
  readonly actId: Id;
};

/** One department's word on its figures. */
export type Response = {
  readonly provider: string;
  readonly state: 'asked' | 'confirmed' | 'contested' | 'upheld' | 'dismissed';
  readonly byCentre: boolean;
  readonly ground: string | null;
  readonly account: string | null;
  readonly actId: Id | null;
  readonly answeredAt: Instant | null;
  readonly reply: string | null;
};

const bulletinSelect = sql`
  bulletin_id as "bulletinId", period, edition, state, body, encode(digest, 'hex') as digest, reason,
  replaces, drafted_at as "draftedAt", window_ends::text as "windowEnds", closed_at as "closedAt"`;

/** Lets one caller at a time work on the bulletin of a month. Held to the end of the transaction. */
export async function lockPeriod(tx: Tx, period: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`bulletin:${period}`}, 0))`);
}

/** All editions of a month's bulletin, the newest first. */
export function editionsOfPeriod(db: Queryable, period: string): Promise<StoredBulletin[]> {
  return db.query(sql`
    select ${bulletinSelect} from bulletin.bulletin where period = ${period} order by edition desc`);
}

/** The newest published edition of each month, the newest month first. */
export function publishedEditions(
  db: Queryable,
  most: number,
): Promise<Pick<StoredBulletin, 'period' | 'edition' | 'closedAt'>[]> {
  return db.query(sql`
    select distinct on (period) period, edition, closed_at as "closedAt" from bulletin.bulletin
    where state = 'published' order by period desc, edition desc limit ${most}`);
}

/** Every bulletin without its body, the newest first. */
export function listBulletins(
  db: Queryable,
  most: number,
): Promise<Omit<StoredBulletin, 'body'>[]> {
  return db.query(sql`
    select bulletin_id as "bulletinId", period, edition, state, encode(digest, 'hex') as digest, reason,
           replaces, drafted_at as "draftedAt", window_ends::text as "windowEnds",
           closed_at as "closedAt"
    from bulletin.bulletin order by period desc, edition desc limit ${most}`);
}

/** Bulletins that were drafted or sent and are neither published nor cancelled, the oldest first. */
export function openBulletins(db: Queryable): Promise<StoredBulletin[]> {
  return db.query(sql`
    select ${bulletinSelect} from bulletin.bulletin
    where state in ('drafted', 'sent') order by drafted_at, bulletin_id`);
}

/** A bulletin in any state; `null` when there is none of that id. */
export async function findBulletin(db: Queryable, bulletinId: Id): Promise<StoredBulletin | null> {
  const rows = await db.query<StoredBulletin>(sql`
    select ${bulletinSelect} from bulletin.bulletin where bulletin_id = ${bulletinId}`);
  return rows[0] ?? null;
}

/** Keeps a draft. */
export async function insertBulletin(
  tx: Tx,
  bulletin: Omit<StoredBulletin, 'windowEnds' | 'closedAt' | 'state'> & {
    readonly version: number;
  },
): Promise<void> {
  const { bulletinId, period, edition, version, body, digest, reason, replaces } = bulletin;
  await tx.execute(sql`
    insert into bulletin.bulletin
      (bulletin_id, period, edition, state, workflow_version, body, digest, reason, replaces, drafted_at)
    values (${bulletinId}, ${period}, ${edition}, 'drafted', ${version}, ${body},
            ${Buffer.from(digest, 'hex')}, ${reason}, ${replaces}, ${bulletin.draftedAt})`);
}

/** Moves a bulletin on. */
export async function moveBulletin(
  tx: Tx,
  bulletinId: Id,
  to: {
    readonly state: StoredBulletin['state'];
    readonly windowEnds?: Day;
    readonly closedAt?: Instant;
  },
): Promise<void> {
  await tx.execute(sql`
    update bulletin.bulletin
    set state = ${to.state}, window_ends = coalesce(${to.windowEnds ?? null}::date, window_ends),
        closed_at = ${to.closedAt ?? null}::timestamptz
    where bulletin_id = ${bulletinId}`);
}

/** Notes a step. */
export async function saveBulletinStep(
  tx: Tx,
  bulletinId: Id,
  step: BulletinStep & { readonly at: Instant },
): Promise<void> {
  await tx.execute(sql`
    insert into bulletin.step (bulletin_id, step_no, action, account, act_id, act_at)
    select ${bulletinId}, coalesce(max(step_no), 0) + 1, ${step.action}, ${step.account},
           ${step.actId}, ${step.at}
    from bulletin.step where bulletin_id = ${bulletinId}`);
}

/** Steps taken on a bulletin, in order. */
export function bulletinSteps(db: Queryable, bulletinId: Id): Promise<BulletinStep[]> {
  return db.query(sql`
    select action, account, act_id as "actId" from bulletin.step
    where bulletin_id = ${bulletinId} order by step_no`);
}

/** Asks every department in the bulletin. */
export async function askDepartments(
  tx: Tx,
  bulletinId: Id,
  providers: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    insert into bulletin.response (bulletin_id, provider, state)
    select ${bulletinId}, provider, 'asked' from unnest(${providers}::text[]) as provider`);
}

/** Departments' words on a bulletin, by code. */
export function responsesTo(db: Queryable, bulletinId: Id): Promise<Response[]> {
  return db.query(sql`
    select provider, state, by_centre as "byCentre", ground, account, act_id as "actId",
           answered_at as "answeredAt", reply
    from bulletin.response where bulletin_id = ${bulletinId} order by provider`);
}

/** Keeps a department's word. */
export async function saveResponse(
  tx: Tx,
  bulletinId: Id,
  said: {
    readonly provider: string;
    readonly state: 'confirmed' | 'contested';
    readonly byCentre: boolean;
    readonly ground: string;
    readonly account: string;
    readonly actId: Id;
    readonly at: Instant;
  },
): Promise<void> {
  await tx.execute(sql`
    update bulletin.response
    set state = ${said.state}, by_centre = ${said.byCentre}, ground = ${said.ground},
        account = ${said.account}, act_id = ${said.actId}, answered_at = ${said.at}
    where bulletin_id = ${bulletinId} and provider = ${said.provider} and state = 'asked'`);
}

/** Keeps the answer to a contest. */
export async function saveReply(
  tx: Tx,
  bulletinId: Id,
  reply: {
    readonly provider: string;
    readonly state: 'upheld' | 'dismissed';
    readonly text: string;
    readonly account: string;
    readonly actId: Id;
    readonly at: Instant;
  },
): Promise<void> {
  await tx.execute(sql`
    update bulletin.response
    set state = ${reply.state}, reply = ${reply.text}, reply_account = ${reply.account},
        reply_act = ${reply.actId}, replied_at = ${reply.at}
    where bulletin_id = ${bulletinId} and provider = ${reply.provider} and state = 'contested'`);
}

/** A finding's rule as often as it was told in a month, by department. */
export type RuleSeen = { readonly rule: string; readonly provider: string; readonly rows: number };

/** Rows of the deliveries of a month with each rule that gave a row back or held it. */
export function rulesSeen(db: Queryable, from: Instant, to: Instant): Promise<RuleSeen[]> {
  return db.query(sql`
    select f.rule, b.provider, count(distinct (f.batch_id, f.row_no))::int as rows
    from collection.batch b join collection.finding f on f.batch_id = b.batch_id
    where b.received_at >= ${from} and b.received_at < ${to} and b.state = 'done'
      and f.severity in ('reject', 'hold')
      -- Doubts about a link stand beside the rule they fall under.
      and f.rule not like 'LINK:%'
    group by 1, 2 order by 3 desc, 1, 2`);
}

/** One value a rule was told about in a month; `null` where no finding of it has one. */
export async function exampleOf(
  db: Queryable,
  rule: string,
  span: { readonly from: Instant; readonly to: Instant },
): Promise<{ field: string; value: string } | null> {
  const rows = await db.query<{ field: string; value: string }>(sql`
    select coalesce(f.field, '') as field, f.value from collection.batch b
    join collection.finding f on f.batch_id = b.batch_id
    where b.received_at >= ${span.from} and b.received_at < ${span.to} and b.state = 'done'
      and f.rule = ${rule} and f.value is not null
    order by f.batch_id, f.row_no, f.finding_no limit 1`);
  return rows[0] ?? null;
}

/** Organisations first entered in a month. */
export async function newSubjects(db: Queryable, from: Day, to: Day): Promise<number> {
  const rows = await db.query<{ count: number }>(sql`
    select count(*)::int as count from subjects.subject
    where registered_on >= ${from}::date and registered_on < ${to}::date and duplicate_of is null`);
  return rows[0]!.count;
}

/** Decisions of a month that an officer found concealed, by department. */
export async function concealedCounts(
  db: Queryable,
  from: Day,
  to: Day,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db.query<{ provider: string; count: number }>(sql`
    select provider, count(*)::int as count from (
      select distinct on (provider, item, decided_on, document_key, party_key) provider, finding
      from double_publicity.omission_finding
      where decided_on >= ${from}::date and decided_on < ${to}::date
      order by provider, item, decided_on, document_key, party_key, finding_no desc) newest
    where finding = 'concealed' group by provider`);
  return new Map(rows.map(({ provider, count }) => [provider, count]));
}
