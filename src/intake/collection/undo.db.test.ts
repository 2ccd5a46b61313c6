import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedState } from '../../../tests/derived-state.ts';
import {
  type TestInstallation,
  collectText,
  importOrganisations,
  operatorA,
  operatorB,
  testInstallation,
} from '../../../tests/installation.ts';
import { penalty, penaltyHeadings } from '../../../tests/penalties.ts';
import type { Actor } from '../../kernel/act.ts';
import type { Instant } from '../../kernel/day.ts';
import { assert } from '../../kernel/result.ts';
import { sql } from '../../platform/db/index.ts';
import { decideLinkReview, proposeLinkUndo } from './index.ts';

const organisations = [
  { name: '样例市样例食品有限公司', code: '91320100MAXX000900' },
  { name: '样例市示例商贸有限公司', code: '91320100MAXX003220' },
];

/** Names that fit nobody exactly, each with a code of somebody: all of them wait for people. */
const doubtful = ['样例食品公司', '示例商贸', '样例食品店', '食品公司'];

type Step =
  | { readonly kind: 'collect'; readonly row: number; readonly version: number }
  | { readonly kind: 'link'; readonly row: number; readonly to: number }
  | { readonly kind: 'undo'; readonly row: number };

const rows = fc.nat(doubtful.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('collect' as const), row: rows, version: fc.nat(2) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('link' as const), row: rows, to: fc.nat(1) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const), row: rows }) },
);

/** A row of one walk: every walk has rows and a joint decision of its own. */
type Row = { readonly run: number; readonly no: number };

/** Found again in whatever a row has become. */
const factOf = (row: Row) => `检查发现第${row.run}-${row.no}类情形。`;

/** Two rows are of one joint decision; each may come again, changed, by a later version of the source. */
function fileOf(row: Row, version: number): string {
  const cells = penalty({
    行政相对人名称: doubtful[row.no]!,
    '行政相对人代码_1(统一社会信用代码)': organisations[row.no % 2]!.code,
    行政处罚决定书文号: `样罚〔2026〕${row.run * 10 + Math.max(row.no, 1)}号`,
    违法事实: factOf(row),
    备注: version === 0 ? '' : `第${version}次更正`,
  });
  const stamp = `2026-06-0${version + 1} 09:00:00`;
  const line = [...cells, `row-${row.run}-${row.no}`, 'U', stamp].map((cell) =>
    cell.replaceAll(',', '，'),
  );
  return [[...penaltyHeadings, 'FE_ID', 'OP', 'SRC_UPDATED_AT'].join(','), line.join(',')].join(
    '\n',
  );
}

async function newCity(): Promise<TestInstallation> {
  const city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, organisations);
  return city;
}

async function collect(city: TestInstallation, row: Row, version: number): Promise<void> {
  const done = await collectText(city, fileOf(row, version), { item: 'penalty' });
  assert(done.ok, `collect: ${JSON.stringify(done)}`);
}

function decide(
  city: TestInstallation,
  step: { reviewId: string; action: 'propose-link' | 'confirm' | 'confirm-undo'; chosen?: string },
) {
  const actor: Actor = step.action === 'propose-link' ? operatorA : operatorB;
  return decideLinkReview(city.collection(), { ...step, actor, reason: '核对登记证照' });
}

/** Links what waits of a row to one subject, by two persons. */
async function link(city: TestInstallation, row: Row, to: number): Promise<void> {
  const [subject] = await city.database.query<{ id: string }>(
    sql`select subject_id as id from subjects.subject where uscc = ${organisations[to]!.code}`,
  );
  const waiting = await city.database.query<{ review: string }>(sql`
    select review_id as review from collection.held_row
    where state = 'held' and position(${factOf(row)} in prepared::text) > 0`);
  for (const { review } of waiting) {
    const asked = await decide(city, {
      reviewId: review,
      action: 'propose-link',
      chosen: subject!.id,
    });
    assert(asked.ok, `propose: ${JSON.stringify(asked)}`);
    const done = await decide(city, { reviewId: review, action: 'confirm' });
    assert(done.ok, `confirm: ${JSON.stringify(done)}`);
  }
}

/** Undoes the link of what a row has become, by two persons. */
async function undo(city: TestInstallation, row: Row): Promise<void> {
  const linked = await city.database.query<{ id: string }>(sql`
    select distinct v.record_id as id from records.statement_version v
    where position(${factOf(row)} in v."values"::text) > 0 and v.op <> 'M'
      and not exists (select 1 from records.statement_version n
                      where n.subject_id = v.subject_id and n.record_id = v.record_id
                        and n.statement_id = v.statement_id and n.version > v.version)`);
  for (const { id } of linked) {
    const asked = await proposeLinkUndo(city.collection(), {
      recordId: id,
      actor: operatorA,
      reason: '关联错误',
    });
    assert(asked.ok, `ask: ${JSON.stringify(asked)}`);
    const done = await decide(city, { reviewId: asked.value.review, action: 'confirm-undo' });
    assert(done.ok, `undo: ${JSON.stringify(done)}`);
  }
}

/** Every file arrives on a day of its own: the first receipt must survive, too. */
const instantOn = (day: number) => new Date(Date.UTC(2026, 5, 1 + day, 2)).toISOString() as Instant;

const told = ({ kind, ...rest }: Step) => `${kind} ${Object.values(rest).join(' ')}`;

/** A correction that came while its row was linked again waits with the receipt of what it corrects. */
const correctedAfterRelink: Step[] = [
  { kind: 'collect', row: 0, version: 0 },
  { kind: 'link', row: 0, to: 1 },
  { kind: 'undo', row: 0 },
  { kind: 'link', row: 0, to: 1 },
  { kind: 'collect', row: 0, version: 1 },
];

describe('links made and undone by people', () => {
  it('leave, once all are undone, what would be there had they never been made', async () => {
    const [walked, never] = [await newCity(), await newCity()];
    let run = 0;
    let day = 0;
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
          run += 1;
          for (const taken of steps) {
            const row = { run, no: taken.row };
            if (taken.kind === 'link') await link(walked, row, taken.to);
            else if (taken.kind === 'undo') await undo(walked, row);
            else {
              day += 1;
              for (const city of [walked, never]) {
                city.config.clock.set(instantOn(day));
              }
              await collect(walked, row, taken.version);
              await collect(never, row, taken.version);
            }
          }
          for (const no of doubtful.keys()) await undo(walked, { run, no });
          expect(await derivedState(walked.database), steps.map(told).join('; ')).toEqual(
            await derivedState(never.database),
          );
        }),
        // Rows of earlier walks stay; a shorter walk would be compared with their remains.
        { numRuns: 25, endOnFailure: true, examples: [[correctedAfterRelink]] },
      );
    } finally {
      await walked.drop();
      await never.drop();
    }
  }, 180_000);
});
