/**
 * What people of the sample city do: duties, new names, declared counts, decisions that fall. An act that was
 * done before a build was killed is recognised and not done again.
 */
import { type Instant, addDays, day, dayOf } from '../../kernel/day.ts';
import { assert } from '../../kernel/result.ts';
import { canonicalDocumentNumber } from '../../kernel/text/document-number.ts';
import { annulDecision, clearHeldShow, keyOf } from '../../archive/records/index.ts';
import { declareCount, recordDuties } from '../../intake/collection/index.ts';
import { changeSubject, findExactly } from '../../register/subjects/index.ts';
import { actsAbout } from '../../trust/audit/index.ts';
import { sql } from '../../platform/db/index.ts';
import { clerk, dataReviewer, officer } from './actors.ts';
import type { BuildContext } from './context.ts';
import { rowAt } from './lines.ts';
import { type Declared, fileOrders, isOfCity } from './orders.ts';
import { organisationAt } from './organisations.ts';
import type { StoryChange, StoryRename } from './parties.ts';
import type { Values } from './row.ts';
import { sources } from './sources.ts';
import { unitOf } from './units.ts';

/** Records a new name; one that is borne already is left as it is. */
export async function renameOne(context: BuildContext, rename: StoryRename): Promise<void> {
  const { installation, parties } = context;
  const { uscc } = organisationAt(parties.plan, rename.number);
  const found = await findExactly(installation.database, uscc ?? '', installation.linkTables());
  const subject = found[0];
  if (subject === undefined || subject.name === rename.newName) return;
  const changed = await changeSubject(
    { ...installation, tables: installation.linkTables },
    {
      subjectId: subject.subjectId,
      change: { kind: 'rename', name: rename.newName },
      on: rename.on,
      actor: officer,
      ground: { reason: '样例：登记机关名称变更通知' },
    },
  );
  assert(changed.ok, `sample rename: ${JSON.stringify(changed)}`);
}

/** Merges or splits two firms; what has been done already is left as it is. */
export async function changeOne(context: BuildContext, change: StoryChange): Promise<void> {
  const { installation, parties } = context;
  const idOf = async (number: number) => {
    const { uscc } = organisationAt(parties.plan, number);
    const tables = installation.linkTables();
    return (await findExactly(installation.database, uscc ?? '', tables))[0]?.subjectId;
  };
  const [subjectId, other] = [await idOf(change.number), await idOf(change.other)];
  if (subjectId === undefined || other === undefined) return;
  const acts = await actsAbout(installation.database, `subject:${subjectId}`);
  if (acts.some(({ kind }) => kind === `subjects.${change.kind}`)) return;
  const merge = change.kind === 'merge';
  const done = await changeSubject(
    { ...installation, tables: installation.linkTables },
    {
      subjectId,
      change: merge ? { kind: 'merge', into: other } : { kind: 'split', from: other },
      on: change.on,
      actor: officer,
      ground: { reason: merge ? '样例：登记机关合并通知' : '样例：登记机关分立通知' },
    },
  );
  assert(done.ok, `sample ${change.kind}: ${JSON.stringify(done)}`);
}

/** Each source of the city has to report its item from the first day on; said again it is no news. */
export async function assignDuties({ collection, clock, parties }: BuildContext): Promise<void> {
  const duties = sources
    .filter((source) => isOfCity(parties.plan, source))
    .map(({ unit, item }) => ({
      ...{ provider: unitOf(unit).code, item, from: clock.today(), owes: true },
      ground: '样例市公共信用信息目录（样例）',
    }));
  const done = await recordDuties(collection, duties, officer);
  assert(done.ok, `sample duties: ${JSON.stringify(done)}`);
}

const leftOut = '样例：决定依法不予公开';

/** A month as its source counts it: decided, published on its own site, left out and why. */
export async function declareOne(
  { installation, collection }: BuildContext,
  at: Instant,
  { source, month, produced, published, notReported }: Declared,
): Promise<void> {
  const provider = unitOf(source.unit).code;
  const about = `declared:${provider}/${source.item}/${month}`;
  const before = (await actsAbout(installation.database, about)).filter((act) => act.at >= at);
  const said = { provider, item: source.item, period: month, actor: clerk } as const;
  const all = [
    { ...said, kind: 'produced', count: produced },
    { ...said, kind: 'published', count: published },
    ...(notReported > 0
      ? [{ ...said, kind: 'not-reported', count: notReported, ground: leftOut } as const]
      : []),
  ] as const;
  // A build that was killed may have said the first of them already.
  for (const declaration of all.slice(before.length)) {
    const done = await declareCount(collection, declaration);
    assert(done.ok, `sample declaration: ${JSON.stringify(done)}`);
  }
}

/**
 * A record whose facts held a person's number was kept from view; its source has confirmed the rest,
 * and it is shown again with the number starred.
 */
export async function clearOne({ installation }: BuildContext): Promise<void> {
  const { database } = installation;
  const [found] = await database.query<{ recordId: string }>(sql`
    select record_id as "recordId" from records.statement_version
    where 'P01' = any(held_show) and "values" ->> 'CF_SY' like '%身份证号%'
    order by fine_fen is null, decided_on desc, document_number, content_digest limit 1`);
  if (found === undefined) return;
  const acts = await actsAbout(database, `record:${found.recordId}`);
  if (acts.some(({ kind }) => kind === 'records.clear')) return;
  const ground = { reason: '样例：来源单位确认，公示时隐去号码' };
  const by = { actor: dataReviewer, ground };
  const done = await clearHeldShow(installation, found.recordId, 'P01', by);
  assert(done.ok, `sample clearance: ${JSON.stringify(done)}`);
}

/** A row without mistakes of the market regulator's, for the whole or for part of what it orders. */
function decisionFor(context: BuildContext, partly: boolean): Values | null {
  const { plan } = context.parties;
  for (const order of fileOrders(plan)) {
    const { source, fileNo } = order;
    if (source.unit !== 'market' || source.item !== 'penalty' || fileNo < 4) continue;
    if (order.planted !== null || order.deliveredOn < addDays(plan.anchor, -330)) continue;
    for (let number = 0; number < order.rows; number += 1) {
      const { values, mistake, expects } = rowAt(context.parties, order, number);
      const several = values['CF_CFLB'] === '罚款；没收违法所得';
      const dated = /^\d{4}\/\d{2}\/\d{2}$/.test(values['CF_JDRQ'] ?? '');
      const clean = mistake === null && !expects.includes('H') && !expects.includes('D');
      if (clean && dated && several === partly) return values;
    }
  }
  return null;
}

/** Annuls one decision, whole or in part: the fine is halved, the confiscation stays. */
export async function annulOne(context: BuildContext, partly: boolean): Promise<void> {
  const { installation, clock } = context;
  const row = decisionFor(context, partly);
  if (row === null) return;
  const decided = day((row['CF_JDRQ'] ?? '').replaceAll('/', '-'));
  const number = canonicalDocumentNumber(row['CF_WSH'] ?? '');
  const decisionKey = keyOf('decision', [row['CF_CFJGDM']!, number, decided]);
  const acts = await actsAbout(installation.database, `decision:${decisionKey}`);
  if (acts.some(({ kind }) => kind === 'records.annul')) return;
  const halfFen = Math.round(Number(row['CF_NR_FK']) * 1_000_000 * 0.5);
  const document = partly ? '样例行政复议决定书（变更）' : '样例行政判决书（撤销）';
  const done = await annulDecision(
    installation,
    {
      decisionKey,
      effectiveOn: dayOf(clock.now()),
      document,
      ...(partly ? { remainingKinds: ['FINE', 'CONFISCATE_GAIN'], remainingFineFen: halfFen } : {}),
    },
    { actor: officer, ground: { reason: document } },
  );
  assert(done.ok, `sample annulment: ${JSON.stringify(done)}`);
}
