/**
 * 抽查: rows of a month drawn by lot and held against the decision papers by officers of the centre.
 * The lot is drawn once for a source and month; what was found is kept, and changed only by another
 * officer who says why.
 */
import type { Act, Actor, Door } from '../../kernel/act.ts';
import { type Refusal, type Result, ok, refuse } from '../../kernel/result.ts';
import { freshId } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/index.ts';
import { freshBytes } from '../../platform/random.ts';
import { type Verdict, verdicts } from './domain-sample.ts';
import { type QualityDeps, monthContext } from './service.ts';
import type { Source, SourceFilter } from './store.ts';
import {
  type SampleRow,
  type StoredSample,
  drawLot,
  insertSample,
  insertVerdict,
  lockSample,
  sampleRows,
  samplesOf,
} from './store-sample.ts';

/** What sampling needs. */
export type SampleDeps = QualityDeps & { readonly door: Door<Tx> };

/** A sample with its rows. */
export type Sample = StoredSample & { readonly rows: readonly SampleRow[] };

type Asked = Source & { readonly period: string; readonly actor: Actor };

/**
 * Draws a sample; of fewer stored facts than asked for, all are taken. Refuses `quality.bad-period`,
 * `quality.not-begun`, `quality.month-not-over`, `quality.bad-size`, `quality.own-department`,
 * `quality.sampled-already`, `quality.nothing-to-sample`, and what the door refuses.
 */
export async function drawSample(
  deps: SampleDeps,
  asked: Asked & { readonly size: number },
): Promise<Result<Sample>> {
  const { period, provider, item, actor, size } = asked;
  const context = monthContext(deps, period);
  if (!context.ok) return context;
  const { month, span, limits } = context.value;
  if (month.to > deps.clock.today()) return refuse('quality.month-not-over', { period });
  if (!Number.isInteger(size) || size < 1 || size > limits.sampleRows) {
    return refuse('quality.bad-size', { most: limits.sampleRows });
  }
  if (actor.unit === provider) return refuse('quality.own-department');
  return deps.database.transaction(async (tx) => {
    await lockSample(tx, asked, period);
    if ((await samplesOf(tx, period, asked)).length > 0) {
      return refuse('quality.sampled-already', { provider, item, period });
    }
    // Drawn here and now: whoever asks cannot choose a seed that spares a row.
    const seed = Buffer.from(freshBytes(16)).toString('hex');
    const rows = await drawLot(tx, span, asked, { seed, size });
    const [first] = rows;
    if (first === undefined) return refuse('quality.nothing-to-sample', { provider, item, period });
    const sampleId = freshId(deps.clock);
    const detail = { seed, population: first.population, size: rows.length };
    const act = await pass(deps, tx, { asked, verb: 'draw', sampleId, reason: '抽查', detail });
    if (!act.ok) return act;
    const sample = {
      ...{ sampleId, provider, item, period, ...detail },
      ...{ account: actor.account, drawnAt: act.value.at },
    };
    await insertSample(tx, { ...sample, actId: act.value.id }, rows);
    return ok({ ...sample, rows: await sampleRows(tx, sampleId) });
  });
}

/**
 * Records what the decision paper says of a row of the sample. Refuses `quality.no-sample`,
 * `quality.no-such-row`, `quality.bad-verdict`, `quality.note-missing`, `quality.judged-by-you`,
 * `quality.own-department`, and what the door refuses.
 */
export async function judgeRow(
  deps: SampleDeps,
  asked: Asked & { readonly no: number; readonly verdict: string; readonly note?: string },
): Promise<Result<SampleRow>> {
  const { period, provider, item, actor, no } = asked;
  const verdict = verdicts.find((one) => one === asked.verdict);
  if (verdict === undefined) {
    return refuse('quality.bad-verdict', { verdict: asked.verdict, known: verdicts.join(', ') });
  }
  const against = whyNotJudge(asked, actor);
  if (against !== null) return { ok: false, refusal: against };
  return deps.database.transaction(async (tx) => {
    await lockSample(tx, asked, period);
    const [sample] = await samplesOf(tx, period, asked);
    if (sample === undefined) return refuse('quality.no-sample', { provider, item, period });
    const { sampleId, size } = sample;
    const row = (await sampleRows(tx, sampleId)).find((one) => one.no === no);
    if (row === undefined) return refuse('quality.no-such-row', { no, size });
    const note = asked.note?.trim() ?? '';
    const judged = mayJudge(row, { verdict, note, account: actor.account });
    if (!judged.ok) return judged;
    const reason = note === '' ? '与决定书一致' : note;
    const detail = { no, verdict };
    const act = await pass(deps, tx, { asked, verb: 'judge', sampleId, reason, detail });
    if (!act.ok) return act;
    const { at, id: actId } = act.value;
    const given = { no, verdict, note, account: actor.account, turn: row.turn + 1 };
    await insertVerdict(tx, sampleId, { ...given, actId, at });
    return ok({ ...row, ...given });
  });
}

/** Why somebody may judge no row of a sample; `null`: may. A department does not judge its own rows. */
export function whyNotJudge(
  { provider }: Pick<Source, 'provider'>,
  { unit }: Pick<Actor, 'unit'>,
): Refusal | null {
  return unit === provider ? refuse('quality.own-department').refusal : null;
}

function mayJudge(
  { no, turn, account }: SampleRow,
  by: { readonly verdict: Verdict; readonly note: string; readonly account: string },
): Result<null> {
  if (turn > 0 && account === by.account) return refuse('quality.judged-by-you', { no });
  if (by.note === '' && (turn > 0 || by.verdict !== 'right')) {
    return refuse('quality.note-missing', { no });
  }
  return ok(null);
}

/** Samples of a month with their rows. Refuses `quality.bad-period`, `quality.not-begun`. */
export async function samples(
  deps: QualityDeps,
  period: string,
  of: SourceFilter,
): Promise<Result<Sample[]>> {
  const context = monthContext(deps, period);
  if (!context.ok) return context;
  const { database } = deps;
  const found: Sample[] = [];
  for (const sample of await samplesOf(database, period, of)) {
    found.push({ ...sample, rows: await sampleRows(database, sample.sampleId) });
  }
  return ok(found);
}

function pass(
  { door, clock }: SampleDeps,
  tx: Tx,
  act: {
    readonly asked: Asked;
    readonly verb: 'draw' | 'judge';
    readonly sampleId: string;
    readonly reason: string;
    readonly detail: Act['detail'];
  },
): Promise<Result<Act>> {
  return door.pass(tx, {
    kind: `quality.${act.verb}-sample`,
    needs: 'quality:sample',
    actor: act.asked.actor,
    ground: { reason: act.reason },
    traceId: freshId(clock),
    object: `sample:${act.sampleId}`,
    detail: act.detail,
  });
}
